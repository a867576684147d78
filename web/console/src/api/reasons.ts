// Why people's files were opened in this tab. Kept in memory only: neither reasons nor what was searched for get into addresses or storage,
// and a reload asks again.
const given = new Map<string, string>();

export const rememberReason = (person: string, reason: string) => void given.set(person, reason);

export const reasonFor = (person: string): string => given.get(person) ?? "";

/** The last search for people, so that going back shows it again. */
export interface LastSearch {
  typed: string;
  reason: string;
  unit?: string | undefined; // of the area only this one
}

let last: LastSearch = { typed: "", reason: "" };

export const lastSearch = (): LastSearch => last;

export const rememberSearch = (search: LastSearch) => void (last = search);

/** Another officer sits down. */
export function forgetReasons(): void {
  given.clear();
  last = { typed: "", reason: "" };
}
