// What the table says of a row's counts, and how rows are ranked.
import type { StatisticsRow } from "../../api/types";

type Counts = StatisticsRow["counts"];
export const rankings = ["name", "active", "perActive", "declared", "people", "members", "pairs"] as const;
export type Ranking = (typeof rankings)[number];

const ratio = (part: number | undefined, whole: number): number | undefined =>
  part === undefined || whole === 0 ? undefined : part / whole;

export const share = {
  /** Of the registered places, those with a scan. */
  active: (counts: Counts) => ratio(counts.active, counts.places),
  perActive: (counts: Counts) => ratio(counts.scans, counts.active),
  /** Of those passing, with a declaration that counted. */
  declared: (counts: Counts) => ratio(counts.declared, counts.passing),
};

/** "12.3 %", or a dash where there is nothing to say. */
export const percent = (value: number | undefined): string =>
  value === undefined ? "–" : `${(100 * value).toFixed(1)} %`;

function measured(row: StatisticsRow, by: Exclude<Ranking, "name">): number | undefined {
  if (by === "people") return row.peopleShare;
  if (by === "members") return row.memberShare;
  if (by === "pairs") return row.pairCoverage;
  return share[by](row.counts);
}

/** Best first; rows of which nothing is known come last, in the order they had. */
export function ranked(rows: readonly StatisticsRow[], by: Ranking): StatisticsRow[] {
  if (by === "name") return [...rows];
  const measure = (row: StatisticsRow) => measured(row, by) ?? -1;
  return [...rows].sort((a, b) => measure(b) - measure(a));
}
