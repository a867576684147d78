// Saved views: what of a list's address is kept under a name, and what becomes of it later. What somebody typed to find a person, and what leads to one,
// is left out here and refused by the server.
export type Settings = Record<string, string>;

const ofPersons = ["q", "text", "name", "phone", "paper", "person", "patient", "account", "number", "code", "case", "followed", "reason"];
const plain = /^[A-Za-z0-9-]{1,40}$/;

export function settingsOf(search: object): Settings {
  const kept: Settings = {};
  for (const [key, value] of Object.entries(search)) {
    if (ofPersons.includes(key) || value === undefined || value === false) continue;
    const text = String(value);
    if (plain.test(text) && !/^\d{8,}$/.test(text)) kept[key] = text;
  }
  return kept;
}

/** As the address has it. */
export const searchOf = (settings: Settings): Record<string, unknown> =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, value === "true" ? true : value]));

export function sameSettings(a: Settings, b: Settings): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** What a page still knows of a view, and how much of it is gone. */
export function openedBy(settings: Settings, reads: (raw: Record<string, unknown>) => object): { search: Record<string, unknown>; lost: number } {
  const given = searchOf(settings);
  const read = reads(given) as Record<string, unknown>;
  const search = Object.fromEntries(Object.entries(read).filter(([key, value]) => key in given && value !== undefined));
  return { search, lost: Object.keys(given).length - Object.keys(search).length };
}
