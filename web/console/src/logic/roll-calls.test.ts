import { expect, test } from "vitest";

import type { RollTaken, Site } from "../api/types";
import { answered } from "./roll-calls";

const occupant = (stay: string) => ({ stay, uncalled: true, waitsForCall: true });
const site = { id: "s", uncalled: 2, rooms: [{ id: "r", name: "P1", beds: 4, people: [occupant("a"), occupant("b")] }] } as unknown as Site;
const rollCall = { id: "c", begun: "2026-03-02T01:00:00Z", begunBy: "x", present: 1, absent: 0, left: 1 };
const roll = { present: true, at: "2026-03-02T01:05:00Z", by: "x" };

test("an answer marks the person, and the counts are the server's", () => {
  const after = answered(site, { items: [{ stay: "a", roll }], rollCall });
  expect(after.rooms[0]?.people[0]).toMatchObject({ waitsForCall: false, uncalled: false, roll });
  expect(after.rooms[0]?.people[1]).toMatchObject({ waitsForCall: true, uncalled: true });
  expect(after.uncalled).toBe(1);
  expect(after.rollCall).toEqual(rollCall);
  expect(site.rooms[0]?.people[0]?.waitsForCall).toBe(true);
});

test("what was refused marks nobody", () => {
  const taken: RollTaken = { items: [{ stay: "a", refused: "site_has_left" }], rollCall };
  expect(answered(site, taken).rooms[0]?.people[0]).toMatchObject({ waitsForCall: true });
});

test("a late answer of the roll-call before changes nothing of the one that is shown", () => {
  const now = { ...site, rollCall: { ...rollCall, id: "d" } };
  expect(answered(now, { items: [{ stay: "a", roll }], rollCall })).toBe(now);
});
