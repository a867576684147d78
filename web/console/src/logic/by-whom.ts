import type { TFunction } from "i18next";

/** Who changed a case: an officer by name, or what changed it by itself, which the server calls by these (modules/cases: cases.h, imports.cpp). */
export function byWhom(by: string, t: TFunction): string {
  if (by === "luytre result") return t("cases.byResult");
  if (by === "luytre import") return t("cases.byImport");
  return by;
}
