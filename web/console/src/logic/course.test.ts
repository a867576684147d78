import { expect, test } from "vitest";

import { contradictionOf, courseOf, deathEndsStay, draftOf, withStay } from "./course";

const stay = { hospital: "TTYT Hải Lăng", admittedOn: "2026-11-18" };

test("what was recorded is sent back as it was", () => {
  const file = { stays: [{ ...stay, dischargedOn: "2026-11-20" }, { ...stay, admittedOn: "2026-11-20" }], outcome: "recovered" as const, outcomeOn: "2026-11-21" };
  expect(courseOf(draftOf(file))).toEqual(file);
  expect(courseOf(draftOf({ stays: [] }))).toEqual({ stays: [] });
});

test("nothing is sent while a stay or the outcome lacks something", () => {
  const added = withStay(draftOf({ stays: [stay] }));
  expect(added.stays.map((one) => one.key)).toEqual([0, 1]);
  expect(courseOf(added)).toBeUndefined();
  expect(courseOf({ stays: [{ key: 0, hospital: " ", admittedOn: "2026-11-18" }] })).toBeUndefined();
  expect(courseOf({ stays: [], outcome: "died" })).toBeUndefined();
  expect(courseOf({ stays: [], outcomeOn: "2026-11-21" })).toEqual({ stays: [] });
});

test("a row that is added gets a key of its own after another was removed", () => {
  const two = withStay(withStay({ stays: [] }));
  expect(withStay({ stays: two.stays.slice(1) }).stays.map((one) => one.key)).toEqual([1, 2]);
});

test("a death ends a stay without a discharge, nothing else does", () => {
  const draft = draftOf({ stays: [stay] });
  expect(deathEndsStay({ ...draft, outcome: "diedOfOtherCause" })).toBe(true);
  expect(deathEndsStay({ ...draft, outcome: "recovered" })).toBe(false);
  expect(deathEndsStay({ ...draftOf({ stays: [{ ...stay, dischargedOn: "2026-11-19" }] }), outcome: "died" })).toBe(false);
});

test("only contradictions that have words are named", () => {
  expect(contradictionOf("staysOverlap")).toBe("staysOverlap");
  expect(contradictionOf("somethingNew")).toBeUndefined();
  expect(contradictionOf(undefined)).toBeUndefined();
});
