import type { DoorDesk, DoorHousehold } from "@luytre/shared/api";
import { describe, expect, test } from "vitest";

import type { Entry } from "../offline/queue";
import { after, counts, shows, withWaiting } from "./list";

const household: DoorHousehold = {
  id: "h1",
  number: "1",
  address: "Nhà 1",
  state: "notVisited",
  help: false,
  members: [
    { id: "a", name: "An", birthYear: 1960, head: true, declared: false, missed: true },
    { id: "b", name: "Ba", birthYear: 1963, head: false, declared: false, missed: false },
  ],
};
const desk: DoorDesk = {
  now: "2026-03-02T01:00:00Z",
  began: "2026-03-02T01:00:00Z",
  ends: "2026-03-02T09:00:00Z",
  teams: [
    { id: "t", name: "Tổ 3", unitName: "Xã", form: "daily-health", until: "2026-03-20", working: true, duty: false, households: [household] },
  ],
};
const entry = (what: Entry["what"], refused = false): Entry => ({
  key: "k",
  account: "gate",
  madeAt: "2026-03-02T02:00:00Z",
  what,
  label: {},
  ...(refused ? { refused: { code: "not_in_force" } as never } : {}),
});
const found = (outcome: string, at = "2026-03-02T02:00:00Z") =>
  ({ kind: "door", path: "/api/v1/team/findings", body: { shift: "s", household: "h1", at, outcome } }) as const;
const told = { kind: "door", path: "/api/v1/team/declarations", body: { shift: "s", member: "b", informant: "a", at: "2026-03-02T02:00:00Z", version: "1", response: {} } } as const;
const today = (at: string) => at.startsWith("2026-03-02");

describe("what waits on the device", () => {
  test("has been done", () => {
    const seen = withWaiting(desk, [entry(found("notAtHome")), entry(told)], today).teams[0]!;
    expect(seen.households[0]!.state).toBe("reached");
    expect(counts(seen)).toEqual({ households: 1, reached: 1, members: 2, declared: 1 });
  });
  test("was not done when it was refused, or on another day", () => {
    for (const waiting of [[entry(found("met"), true)], [entry(found("met", "2026-03-01T02:00:00Z"))]])
      expect(withWaiting(desk, waiting, today)).toEqual(desk);
  });
});

test("the best that was found on a day stands", () => {
  const reached = after(after(household, { outcome: "notAtHome" }), { outcome: "met" });
  expect(reached.state).toBe("reached");
  expect(after(reached, { outcome: "refused" }).state).toBe("reached");
  expect(after(household, { outcome: "needsHelp" }).help).toBe(true);
});

test("who is still to be visited, and who has not declared", () => {
  expect(shows("open", household)).toBe(true);
  expect(shows("open", after(household, { outcome: "notAtHome" }))).toBe(true);
  expect(shows("open", after(household, { outcome: "refused" }))).toBe(false);
  expect(shows("missed", household)).toBe(true);
  expect(shows("missed", { ...household, members: [] })).toBe(false);
});
