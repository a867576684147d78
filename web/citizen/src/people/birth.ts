// Birth dates as people write them. Many older people know only the year; the precision is kept, a day is never made
// up.

export type Birth = { birthDate: string } | { birthYear: number };

/**
 * "1956", "12/3/1956", "12-03-1956", "12 03 1956", "12031956". Undefined: not a date, in the future, or before
 * 1900.
 */
export function parseBirth(text: string, today: string): Birth | undefined {
  const tidy = text.trim();
  if (/^\d{4}$/.test(tidy)) {
    const birthYear = Number(tidy);
    return birthYear >= 1900 && birthYear <= Number(today.slice(0, 4)) ? { birthYear } : undefined;
  }
  const match = /^(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{4})$/.exec(tidy) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(tidy);
  if (!match) return undefined;
  const [, d, m, y] = match as unknown as [string, string, string, string];
  const birthDate = `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
  const date = new Date(birthDate + "T00:00:00Z");
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(birthDate)) return undefined;
  return y >= "1900" && birthDate <= today ? { birthDate } : undefined;
}

/** "12/03/1956" or "1956", what parseBirth reads back. */
export function writeBirth(person: { birthDate?: string; birthYear?: number }): string {
  if (person.birthDate) return person.birthDate.split("-").reverse().join("/");
  return person.birthYear ? String(person.birthYear) : "";
}
