// Recording what is done during a shift, and what became of it.

import { ApiError } from "@luytre/shared/api";

import type { Submission } from "../offline/queue";
import { sayError } from "../ui/Trouble";
import { isOver } from "./over";
import { gateQueue } from "./shift";

export type Recorded =
  | { state: "sent"; key: string; answer: unknown }
  | { state: "waiting"; key: string }
  /** `over`: with the shift; the next one is told. */
  | { state: "refused"; over: boolean; title: string; text?: string };

/**
 * Never throws: what the device could not even keep is not recorded, and is refused. `looking`: whether the screen still tells of
 * this one; a refusal that comes later stays on the device until it is read (RefusedLater).
 */
export async function record(what: Submission, t: (key: string) => string, looking = () => true): Promise<Recorded> {
  try {
    const outcome = await (await gateQueue).submit(what, {}, looking);
    if (outcome.state !== "refused") return outcome;
    const { problem } = outcome;
    return { state: "refused", over: isOver(problem.code), title: sayError(new ApiError(problem), t).title };
  } catch {
    return { state: "refused", over: false, title: t("guard.notKept"), text: t("guard.notKeptText") };
  }
}
