// How the list of quarantine sites is sorted: it comes whole, so the page sorts it.
import type { SiteBrief } from "../api/types";
import type { SortOrder, Sorts } from "./sorting";

export type SiteSort = "name" | "free" | "leaving";

export const siteSorts: Sorts<SiteSort> = [
  ["name", "ascending"],
  ["free", "descending"],
  ["leaving", "descending"],
];

type Counted = Pick<SiteBrief, "name" | "beds" | "taken" | "leaving">;

const byName = (a: Counted, b: Counted) => a.name.localeCompare(b.name, "vi", { numeric: true });

const upwards: Record<SiteSort, (a: Counted, b: Counted) => number> = {
  name: byName,
  free: (a, b) => a.beds - a.taken - (b.beds - b.taken),
  leaving: (a, b) => a.leaving - b.leaving,
};

/** What is alike stands by name, whichever way the list is turned. */
export function sortedSites<T extends Counted>(sites: readonly T[], { sort, order }: { sort: SiteSort; order: SortOrder }): T[] {
  const turn = order === "ascending" ? 1 : -1;
  return [...sites].sort((a, b) => turn * upwards[sort](a, b) || byName(a, b));
}
