// Checking in and out through the queue, for one or several of the household. `looking`: see Queue.submit.

import { ApiError, type Visit } from "@luytre/shared/api";

import { queue } from "../app/api";
import type { KeptPerson } from "../app/device";
import type { Outcome } from "../offline/queue";

export interface CheckedIn {
  person: KeptPerson;
  key: string;
  outcome: Outcome;
}

export async function checkIn(
  placeCode: string,
  placeName: string | undefined,
  people: readonly KeptPerson[],
  capacity: string | undefined,
  at: string,
  looking: () => boolean,
): Promise<CheckedIn[]> {
  const done: CheckedIn[] = [];
  for (const person of people) {
    const { key, ...outcome } = await queue.submit(
      {
        kind: "checkIn",
        body: {
          placeCode,
          at,
          ...(person.relation === "self" ? {} : { person: person.id }),
          ...(capacity ? { capacity } : {}),
        },
      },
      { person: person.name, ...(placeName ? { place: placeName } : {}) },
      looking,
    );
    done.push({ person, key, outcome });
  }
  return done;
}

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
