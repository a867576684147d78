// By when a case must be notified, and what a disease's file says for a day.
import type { CaseBrief, Disease } from "../api/types";

type Dated = { from: string; to?: string };

/** The entry that holds on a local day. */
export function inForce<T extends Dated>(entries: readonly T[], day: string): T | undefined {
  return entries.find((one) => one.from <= day && (one.to === undefined || day < one.to));
}

export type NoticeState = "none" | "told" | "overdue" | "awaiting";

/** What was no case awaits nothing; without a deadline there is nothing to be late for. */
export function noticeState(row: Pick<CaseBrief, "classification" | "notifyBy" | "notifiedAt">, now: number): NoticeState {
  if (row.notifiedAt) return "told";
  if (!row.notifyBy || row.classification === "discarded") return "none";
  return Date.parse(row.notifyBy) < now ? "overdue" : "awaiting";
}

/** What is said of the disease's group and deadline on the day of the diagnosis. */
export function lawOn(disease: Pick<Disease, "legalGroups" | "notification">, day: string): { group?: string; hours?: number; source?: string } {
  const group = inForce(disease.legalGroups, day)?.group;
  const rule = inForce(disease.notification, day);
  return { ...(group ? { group } : {}), ...(rule ? { hours: rule.hours, source: rule.source } : {}) };
}

/** The methods by which a positive result confirms this disease, and the one that a case has been confirmed by. */
export function confirmingMethods<M extends string>(tests: readonly { method: M; confirms: boolean }[] | undefined, had: M | undefined): M[] {
  const out = (tests ?? []).filter((test) => test.confirms).map((test) => test.method);
  return had && !out.includes(had) ? [...out, had] : out;
}
