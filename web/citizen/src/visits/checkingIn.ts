// Checking in one or several of the household through the queue.

import type { KeptPerson } from "../app/device";
import type { Outcome, Queue } from "../offline/queue";

export interface CheckedIn {
  person: KeptPerson;
  key: string;
  outcome: Outcome;
}

/**
 * One confirmation for several people. When the device can keep no more, who was recorded before that stays recorded:
 * pressing again goes on with the others, whatever hour or capacity is said by then, and answers for all of them.
 */
export class CheckingIn {
  private readonly recorded = new Map<string, CheckedIn>();

  constructor(
    private readonly placeCode: string,
    private readonly submit: Queue["submit"],
    private readonly looking: () => boolean,
  ) {}

  async record(
    people: readonly KeptPerson[],
    said: { place: string | undefined; capacity: string | undefined; at: string },
  ): Promise<CheckedIn[]> {
    for (const person of people) {
      if (this.recorded.has(person.id)) continue;
      const { key, ...outcome } = await this.submit(
        {
          kind: "checkIn",
          body: {
            placeCode: this.placeCode,
            at: said.at,
            ...(person.relation === "self" ? {} : { person: person.id }),
            ...(said.capacity ? { capacity: said.capacity } : {}),
          },
        },
        { person: person.name, ...(said.place ? { place: said.place } : {}) },
        this.looking,
      );
      this.recorded.set(person.id, { person, key, outcome });
    }
    return [...this.recorded.values()];
  }
}
