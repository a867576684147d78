// What the table says of a row's counts, and how rows are ranked.
import type { StatisticsRow } from "../../api/types";

type Counts = StatisticsRow["counts"];
export type Ranking = "name" | "active" | "perActive" | "declared";

const ratio = (part: number | undefined, whole: number): number | undefined =>
  part === undefined || whole === 0 ? undefined : part / whole;

export const share = {
  /** Of the registered places, those with a scan. */
  active: (counts: Counts) => ratio(counts.active, counts.places),
  perActive: (counts: Counts) => ratio(counts.scans, counts.active),
  /** Of the scans, those of people whose declaration counted. */
  declared: (counts: Counts) => ratio(counts.declared, counts.scans),
};

/** "12.3 %", or a dash where there is nothing to say. */
export const percent = (value: number | undefined): string =>
  value === undefined ? "–" : `${(100 * value).toFixed(1)} %`;

/** Best first; rows of which nothing is known come last, in the order they had. */
export function ranked(rows: readonly StatisticsRow[], by: Ranking): StatisticsRow[] {
  if (by === "name") return [...rows];
  const measure = (row: StatisticsRow) => share[by](row.counts) ?? -1;
  return [...rows].sort((a, b) => measure(b) - measure(a));
}
