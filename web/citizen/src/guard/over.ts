// A shift that is over, and what is left of whom it did not record.

import type { Submission } from "../offline/queue";

/** The shift has ended, or somebody has ended it. */
export const isOver = (code: string): boolean => code === "shift_over" || code === "not_a_guard";

/**
 * With its shift a guard's screen goes away, so the next shift is told that somebody was not recorded, and when. Never
 * sent again: it is not of the next shift. Nothing of whom it was about stays.
 */
export function remains(what: Submission, { code }: { code: string }): Submission | undefined {
  if (!isOver(code)) return undefined;
  if (what.kind === "lane" || what.kind === "door") return { ...what, body: { at: what.body.at } };
  const { code: _, phone: __, plate: ___, note: ____, ...body } = what.body as Record<string, unknown>;
  return { ...what, body } as Submission;
}
