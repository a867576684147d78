// What went wrong, in the server's own words, and what to do.
import { ApiError, Unreachable } from "@luytre/shared/api";
import { Alert, Button } from "@mantine/core";
import { IconAlertTriangle, IconPlugConnectedX } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

/** One wrong field in words. */
export function fieldText(t: TFunction, error: unknown, pointer: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const field = error.field(pointer);
  return field && (field.detail ?? t("common.fieldWrong", { code: field.code }));
}

export function problemText(t: TFunction, error: unknown): string {
  if (error instanceof ApiError) {
    const { detail, title, code } = error.problem;
    return detail || title || code;
  }
  return t(error instanceof Unreachable ? "common.unreachable" : "common.fault");
}

/** Whether a page cannot stand: there is nothing to show, or the server says no. What is typed outlives a line that breaks meanwhile. */
export const barring = ({ data, error }: { data: unknown; error: unknown }): boolean =>
  error !== null && (data === undefined || (error instanceof ApiError && error.status < 500 && error.status !== 429));

export function ProblemNote({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  if (!error) return null;
  const silent = error instanceof Unreachable;
  const fields = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  return (
    <Alert
      role="alert"
      color={silent ? "turmeric" : "lacquer"}
      icon={silent ? <IconPlugConnectedX size={18} /> : <IconAlertTriangle size={18} />}
      title={problemText(t, error)}
    >
      {fields.length > 0 && (
        <ul>
          {fields.map((field) => (
            <li key={field.pointer + field.code}>
              <code>{field.pointer.replace(/^\//, "")}</code>: {fieldText(t, error, field.pointer)}
            </li>
          ))}
        </ul>
      )}
      {error instanceof ApiError && error.retryAfter ? <p>{t("common.retryAfter", { count: error.retryAfter })}</p> : null}
      {error instanceof ApiError && <span className="quiet">{t("common.code", { code: error.code })}</span>}
      {retry && (
        <Button size="xs" variant="default" onClick={retry} ml="sm">
          {t("common.retry")}
        </Button>
      )}
    </Alert>
  );
}
