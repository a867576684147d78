// A shift that is over, and what is left of whom a shift did not record.

import type { Submission } from "../offline/queue";

/** The shift has ended, or somebody has ended it. */
export const isOver = (code: string): boolean => code === "shift_over" || code === "not_a_guard";

const ofSomebody = new Set(["code", "phone", "plate", "note", "name", "birthYear", "response", "pictures"]);

/**
 * Of what was refused, and is never sent again: that somebody was not recorded, and when. With its shift a guard's screen goes
 * away, so the next one is told; nothing of whom it was about stays on the device.
 */
export function bare(what: Submission): Submission {
  if (what.kind === "lane" || what.kind === "door") return { ...what, body: { at: what.body.at } };
  const body = Object.entries(what.body).filter(([name]) => !ofSomebody.has(name));
  return { ...what, body: Object.fromEntries(body) } as Submission;
}
