// Dates and times as officers type them, at +07:00, and as the API takes them.

const pad = (n: number) => String(n).padStart(2, "0");

/** "8h30", "8:30", "0830", "8" → "08:30". Undefined when it is no time of day. */
export function parseClock(typed: string): string | undefined {
  const text = typed.trim().toLowerCase();
  const match = /^(\d{1,2})\s*[:hg.]\s*(\d{2})?$/.exec(text) ?? /^(\d{1,2})(\d{2})$/.exec(text) ?? /^(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  return hour < 24 && minute < 60 ? `${pad(hour)}:${pad(minute)}` : undefined;
}

/** "5/3/2026", "05-03-2026", "5.3.26", "05032026" → "2026-03-05". Undefined when there is no such day. */
export function parseDay(typed: string): string | undefined {
  const text = typed.trim();
  const match = /^(\d{1,2})[/.\s-](\d{1,2})[/.\s-](\d{4}|\d{2})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (!match) return undefined;
  const [day, month, short] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const year = short < 100 ? 2000 + short : short;
  const at = new Date(Date.UTC(year, month - 1, day));
  if (year < 1900 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return undefined;
  return `${year}-${pad(month)}-${pad(day)}`;
}

/** "2026-03-05" → "05/03/2026" */
export function showDay(date: string): string {
  const [year, month, day] = date.split("-");
  return `${day}/${month}/${year}`;
}

/** A local day and time of day as the instant they name. Việt Nam has kept +07:00 without daylight saving since 1975. */
export function instantOf(date: string, clock: string): string {
  return new Date(`${date}T${clock}:00+07:00`).toISOString().replace(".000Z", "Z");
}

/** The local day and time of day of an instant. */
export function partsOf(instant: string): { date: string; clock: string } {
  const local = new Date(Date.parse(instant) + 7 * 3_600_000).toISOString();
  return { date: local.slice(0, 10), clock: local.slice(11, 16) };
}

export interface Span {
  value: number;
  unit: "minute" | "hour" | "day";
}

/** A length of time in its largest fitting unit, rounded down: 95 min → 1 h. */
export function span(milliseconds: number): Span {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  if (minutes < 60) return { value: minutes, unit: "minute" };
  if (minutes < 48 * 60) return { value: Math.floor(minutes / 60), unit: "hour" };
  return { value: Math.floor(minutes / 1440), unit: "day" };
}

/** How long a machine took: "0,86 mili giây", "1,2 giây". */
export function elapsed(microseconds: number, language: "vi" | "en"): string {
  const short = microseconds < 1e6;
  const style = { style: "unit", unit: short ? "millisecond" : "second", unitDisplay: short ? "short" : "long", maximumSignificantDigits: 2 } as const;
  return new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB", style).format(microseconds / (short ? 1e3 : 1e6));
}

const dayAfter = (date: string) => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** A span of local days, both included, as the API takes it: from the first's beginning to the last's end. */
export const between = (from: string | undefined, to: string | undefined): { from?: string; to?: string } => ({
  ...(from ? { from: instantOf(from, "00:00") } : {}),
  ...(to ? { to: instantOf(dayAfter(to), "00:00") } : {}),
});
