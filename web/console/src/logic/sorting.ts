// How lists are sorted: by the head that is pressed, kept in the address like filters.
export type SortOrder = "ascending" | "descending";

export interface Sorting<S extends string> {
  sort?: S;
  order?: SortOrder;
}

/** What a list can be sorted by, and in which direction each begins; the first is how it stands when nothing is asked for. */
export type Sorts<S extends string> = readonly (readonly [S, SortOrder])[];

export const orders: readonly SortOrder[] = ["ascending", "descending"];

/** Of an address: only what there is, and nothing of how the list stands anyway. */
export function sorting<S extends string>(raw: Record<string, unknown>, sorts: Sorts<S>): Sorting<S> {
  const sort = sorts.find(([one]) => one === raw.sort)?.[0];
  if (!sort) return {};
  const order = orders.find((one) => one === raw.order);
  return order ? { sort, order } : { sort };
}

/** The sort as it is shown: by what, and which way. */
export function sortedBy<S extends string>(now: Sorting<S>, sorts: Sorts<S>): { sort: S; order: SortOrder } {
  const [sort, begins] = sorts.find(([one]) => one === now.sort) ?? sorts[0]!;
  return { sort, order: now.order ?? begins };
}

/** After a head is pressed: the other way round if it is sorted by that already, else as that begins. */
export function pressed<S extends string>(now: Sorting<S>, on: S, sorts: Sorts<S>): { sort: S; order: SortOrder } {
  const { sort, order } = sortedBy(now, sorts);
  if (sort !== on) return { sort: on, order: sorts.find(([one]) => one === on)?.[1] ?? "ascending" };
  return { sort, order: order === "ascending" ? "descending" : "ascending" };
}
