// How the list of quarantine sites is filtered and sorted: the page has all of them, so it does both.
import type { SiteBrief } from "../api/types";
import { folded } from "./folded";
import type { SortOrder, Sorting, Sorts } from "./sorting";

export type SiteSort = "name" | "free" | "leaving";

export interface SiteFilter extends Sorting<SiteSort> {
  /** Words of its name, with or without accents. */
  q?: string;
  kind?: SiteBrief["kind"];
  owner?: SiteBrief["owner"];
  /** Has free beds. */
  free?: boolean;
}

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

export function filteredSites<T extends Pick<SiteBrief, "name" | "kind" | "owner" | "beds" | "taken">>(sites: readonly T[], { q, kind, owner, free }: SiteFilter): T[] {
  const words = folded(q ?? "").split(/\s+/).filter(Boolean);
  return sites.filter((one) => {
    const name = folded(one.name);
    return (!kind || one.kind === kind) && (!owner || one.owner === owner) && (!free || one.taken < one.beds) && words.every((word) => name.includes(word));
  });
}

/** What is alike stands by name, whichever way the list is turned. */
export function sortedSites<T extends Counted>(sites: readonly T[], { sort, order }: { sort: SiteSort; order: SortOrder }): T[] {
  const turn = order === "ascending" ? 1 : -1;
  return [...sites].sort((a, b) => turn * upwards[sort](a, b) || byName(a, b));
}
