import { expect, test } from "vitest";

import { boundsOf, toldTimeOf, type ToldTime } from "./told-times";

const now = Date.parse("2026-03-02T01:30:00Z"); // half past eight in the morning
const told = (more: Partial<ToldTime>): ToldTime => ({ date: "2026-03-01", precision: "about", from: undefined, to: undefined, part: undefined, ...more });

test("the earliest and the latest time are the bounds", () => {
  expect(boundsOf(told({ from: "09:00", to: "10:30" }), now)).toEqual({ from: "2026-03-01T02:00:00Z", to: "2026-03-01T03:30:00Z" });
  expect(boundsOf(told({ from: "09:00" }), now)).toBeUndefined();
  expect(boundsOf(told({ from: "09:00", to: "09:00" }), now), "not a whole day").toBeUndefined();
  expect(boundsOf(told({ date: undefined, from: "09:00", to: "10:00" }), now)).toBeUndefined();
});

test("who came home after midnight came home the next day", () => {
  expect(boundsOf(told({ from: "21:00", to: "00:30" }), now)).toEqual({ from: "2026-03-01T14:00:00Z", to: "2026-03-01T17:30:00Z" });
});

test("a part of the day and a whole day have theirs", () => {
  expect(boundsOf(told({ precision: "partOfDay", part: "morning" }), now)).toEqual({ from: "2026-02-28T22:00:00Z", to: "2026-03-01T04:00:00Z" });
  expect(boundsOf(told({ precision: "partOfDay" }), now)).toBeUndefined();
  expect(boundsOf(told({ precision: "day" }), now)).toEqual({ from: "2026-02-28T17:00:00Z", to: "2026-03-01T17:00:00Z" });
});

test("what goes on ends now, and nothing begins later", () => {
  expect(boundsOf(told({ date: "2026-03-02", precision: "partOfDay", part: "morning" }), now)?.to).toBe("2026-03-02T01:30:00Z");
  expect(boundsOf(told({ date: "2026-03-02", from: "09:00", to: "10:00" }), now)).toBeUndefined();
});

test("a correction begins with what stands there", () => {
  const morning = told({ precision: "partOfDay", part: "morning" });
  const bounds = boundsOf(morning, now)!;
  expect(toldTimeOf({ ...bounds, precision: "partOfDay" })).toMatchObject({ date: "2026-03-01", precision: "partOfDay", part: "morning" });
  expect(toldTimeOf({ from: "2026-03-01T02:00:00Z", to: "2026-03-01T03:30:00Z", precision: "about" })).toMatchObject({ from: "09:00", to: "10:30" });
});
