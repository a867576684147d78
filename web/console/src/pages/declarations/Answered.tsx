// What was answered to one question. A picture is fetched when it is asked for: each look is logged.
import type { SaidAnswer } from "@luytre/shared/answers";
import { Button } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { pictureUrl } from "../../api/declarations";
import { Dialog } from "../../parts/Dialog";
import styles from "./DeclarationPage.module.css";

/** `declaration`: whose pictures may be opened; without it they are only named. */
export function Answered({ answers, declaration }: { answers: readonly SaidAnswer[]; declaration?: string }) {
  const { t } = useTranslation();
  const [picture, setPicture] = useState<string>();
  const word = (answer: SaidAnswer): string => {
    if (typeof answer === "object") return t("declarations.picture");
    return typeof answer === "string" ? answer : t(answer ? "tracing.answer.yes" : "tracing.answer.no");
  };
  if (!declaration) return answers.map(word).join(", ");
  return (
    <>
      {answers
        .filter((answer) => typeof answer !== "object")
        .map(word)
        .join(", ")}
      {answers.map(
        (answer) =>
          typeof answer === "object" && (
            <Button key={answer.picture} size="compact-sm" variant="default" leftSection={<IconPhoto size={15} />} onClick={() => setPicture(answer.picture)}>
              {t("declarations.openPicture")}
            </Button>
          ),
      )}
      <Dialog opened={picture !== undefined} onClose={() => setPicture(undefined)} title={t("declarations.picture")}>
        {picture && <img className={styles.picture} src={pictureUrl(declaration, picture)} alt={t("declarations.pictureAlt")} />}
        <p className="quiet">{t("declarations.pictureLogged")}</p>
      </Dialog>
    </>
  );
}
