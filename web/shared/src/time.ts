// Times as people in Việt Nam read them: the server speaks UTC, every screen shows +07:00, whatever the device's own
// zone is.

export const zone = "Asia/Ho_Chi_Minh";

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(language === "vi" ? "vi-VN" : "en-GB", { timeZone: zone, ...options });
    formats.set(key, found);
  }
  return found;
}

type Instant = string | number | Date;

/** 08:05 */
export function clock(at: Instant, language: string): string {
  return format(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}

/** 21/11/2026 */
export function day(at: Instant, language: string): string {
  return format(language, { day: "2-digit", month: "2-digit", year: "numeric" }).format(new Date(at));
}

/** An instant of a day written as YYYY-MM-DD, to show the day by. */
export const noon = (date: string): string => `${date}T12:00:00+07:00`;

/** Thứ Bảy, 21 tháng 11 */
export function longDay(at: Instant, language: string): string {
  const text = format(language, { weekday: "long", day: "numeric", month: "long" }).format(new Date(at));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** 08:05, 21/11/2026 */
export function dayAndClock(at: Instant, language: string): string {
  return `${clock(at, language)}, ${day(at, language)}`;
}

/** The local calendar day, 2026-11-21: what tells today from yesterday. */
export function localDate(at: Instant): string {
  // Việt Nam has kept +07:00 without daylight saving since 1975.
  return new Date(new Date(at).getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** Whole days between two local calendar days, later minus earlier. */
export function daysBetween(earlier: Instant, later: Instant): number {
  return Math.round((Date.parse(localDate(later)) - Date.parse(localDate(earlier))) / 86_400_000);
}

/** A span on a local day, by "06:00" and "14:00"; one that ends before it begins ends on the next day. */
export function spanOf(day: string, from: string, until: string): { from: string; until: string } {
  const at = (time: string) => Date.parse(`${day}T${time}:00+07:00`);
  const end = at(until) + (at(until) <= at(from) ? 86_400_000 : 0);
  return { from: new Date(at(from)).toISOString(), until: new Date(end).toISOString() };
}
