// Errors, as people should read them: the server's own sentence where it gave one, else what to do.

import { ApiError, Unreachable, type FieldError } from "@luytre/shared/api";
import { useEffect, useState } from "react";

import { useText } from "../i18n";
import { fieldTexts, wording, type FieldTexts } from "../i18n/fields";
import { Button, Notice } from "./parts";

/** What to say: the server's sentence (its title only names the status), else our own. */
export function sayError(error: unknown, t: (key: string) => string): { title: string; detail?: string } {
  if (error instanceof ApiError) {
    const { title, detail, status } = error.problem;
    if (status >= 500) return { title: t("error.server"), detail: detail || t("error.serverDetail") };
    return { title: detail || title || t("error.unknown") };
  }
  if (error instanceof Unreachable) return { title: t("error.offline"), detail: t("error.offlineDetail") };
  return { title: t("error.unknown"), detail: t("error.unknownDetail") };
}

export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useText();
  if (!error) return null;
  const { title, detail } = sayError(error, t);
  return (
    <Notice
      tone={error instanceof Unreachable ? "care" : "bad"}
      icon={error instanceof Unreachable ? "offline" : "warn"}
      title={title}
      live
    >
      {detail && <p>{detail}</p>}
      {retry && (
        <div>
          <Button tone="second" onClick={retry}>
            {t("retry")}
          </Button>
        </div>
      )}
    </Notice>
  );
}

/** Texts of an error's fields by JSON pointer: `field("/phone")` is a sentence or undefined. */
export function useFields(error: unknown): (pointer: string) => string | undefined {
  const { t, language } = useText();
  const [texts, setTexts] = useState<FieldTexts>();
  const wrong = error instanceof ApiError ? (error.problem.errors ?? []) : noFields;
  useEffect(() => {
    if (wrong.length > 0) void fieldTexts(language).then(setTexts);
  }, [wrong, language]);
  return (pointer) => {
    const found = wrong.find((field) => field.pointer === pointer);
    return found && (wording(texts, found) ?? t("error.field"));
  };
}

const noFields: FieldError[] = [];

/** A text of several paragraphs, as the data files have them. */
export function Paragraphs({ text }: { text: string }) {
  return text
    .split("\n")
    .filter((line) => line.trim())
    .map((line, i) => <p key={i}>{line}</p>);
}
