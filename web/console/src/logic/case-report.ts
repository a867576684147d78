// Cases by unit: the days of the curve, and how long such a report may reach.
import type { CaseReport } from "../api/types";

type ReportDay = CaseReport["days"][number];
export type CaseCounts = ReportDay["counts"];

export const countedAs = ["confirmed", "probable", "suspect", "discarded"] as const;
/** Bars, from below; those discarded are no cases. */
export const barParts = ["confirmed", "probable", "suspect"] as const;

const dayLength = 86_400_000;

/** Every day of the report, those without a case too. */
export function reportDays({ from, to, days }: Pick<CaseReport, "from" | "to" | "days">): ReportDay[] {
  const known = new Map(days.map((one) => [one.day, one]));
  const out: ReportDay[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += dayLength) {
    const day = new Date(at).toISOString().slice(0, 10);
    out.push(known.get(day) ?? { day, counts: { suspect: 0, probable: 0, confirmed: 0, discarded: 0 } });
  }
  return out;
}

export const casesOf = (counts: CaseCounts): number => barParts.reduce((sum, part) => sum + counts[part], 0);
