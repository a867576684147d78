// What a page shows of a roll-call after some answers: the site as it was read, with them.
import type { RollTaken, Site } from "../api/types";

export interface RollAnswer {
  stay: string;
  present: boolean;
  at: string;
}

export function answered(site: Site, taken: RollTaken): Site {
  if (site.rollCall && site.rollCall.id !== taken.rollCall.id) return site; // of a roll-call before the one that is shown
  const said = new Map(taken.items.map((one) => [one.stay, one.roll]));
  let uncalled = site.uncalled;
  const rooms = site.rooms.map((room) => ({
    ...room,
    people: room.people.map((one) => {
      const roll = said.get(one.stay);
      if (!roll) return one;
      if (one.uncalled) uncalled -= 1;
      return { ...one, roll, uncalled: false, waitsForCall: false };
    }),
  }));
  return { ...site, rooms, uncalled, rollCall: taken.rollCall };
}
