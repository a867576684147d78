// When somebody came who scans only now.

import { localDate } from "@luytre/shared/time";

const day = 24 * 3_600_000;

/** What people remember to the minute without asking anybody. */
export const longestAgo = 12 * 3_600_000;

/**
 * The last moment up to `met`, when the codes met, at which clocks in Việt Nam showed `said` ("07:45"). Undefined: not
 * a time of day, or longer ago than `longestAgo`.
 */
export function cameAt(said: string, met: string): string | undefined {
  if (!/^\d\d:\d\d$/.test(said)) return undefined;
  const now = Date.parse(met);
  const today = Date.parse(`${localDate(met)}T${said}:00+07:00`);
  const at = today > now ? today - day : today;
  return now - at <= longestAgo ? new Date(at).toISOString() : undefined;
}
