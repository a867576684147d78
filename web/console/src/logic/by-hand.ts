// What an officer says of a contact for whom no rule says how long: the last day that follows, and whether it can be said so.
import type { NewByHand } from "../api/types";

export const daysMost = 400;

export interface Word {
  choice: "follow" | "nobody" | undefined;
  days: number | undefined;
  note: string;
  source: string;
}

/** The last day of so many from the last exposure, as rules count them: 2026-03-01 and 7 days end with 2026-03-08. */
export function lastDayOf(lastExposure: string, days: number): string {
  return new Date(Date.parse(`${lastExposure}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What is wrong with the number of days. */
export function daysWrong(days: number | undefined, lastExposure: string | undefined, today: string): "missing" | "range" | "over" | undefined {
  if (days === undefined) return "missing";
  if (!Number.isInteger(days) || days < 1 || days > daysMost) return "range";
  return !lastExposure || lastDayOf(lastExposure, days) < today ? "over" : undefined;
}

/** As it is sent; nothing while something is missing. */
export function saidOf(word: Word, lastExposure: string | undefined, today: string): NewByHand | undefined {
  const note = word.note.trim();
  const source = word.source.trim();
  if (!note) return undefined;
  if (word.choice === "nobody") return { note };
  if (word.choice !== "follow" || word.days === undefined || !source) return undefined;
  return daysWrong(word.days, lastExposure, today) ? undefined : { days: word.days, note, source };
}
