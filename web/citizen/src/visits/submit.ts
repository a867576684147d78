// Checking out through the queue. `looking`: see Queue.submit.

import { ApiError, type Visit } from "@luytre/shared/api";

import { queue } from "../app/api";

/** The visit with its new end, or undefined while it waits for the network; throws the refusal. */
export async function checkOut(
  visit: { id: string } | { checkIn: string },
  label: { person: string; place?: string },
  at: string,
  looking: () => boolean,
): Promise<Visit | undefined> {
  const outcome = await queue.submit({ kind: "checkOut", visit, body: { at } }, label, looking);
  if (outcome.state === "refused") throw new ApiError(outcome.problem);
  return outcome.state === "sent" ? (outcome.answer as Visit) : undefined;
}
