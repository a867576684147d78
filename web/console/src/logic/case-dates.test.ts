import { expect, test } from "vitest";

import { dateRuler } from "./case-dates";

const now = Date.parse("2026-11-21T08:00:00+07:00");

test("a suspect without dates has no ruler", () => {
  expect(dateRuler({}, now)).toBeUndefined();
});

test("marks come in order of time and onset is a local midnight", () => {
  const ruler = dateRuler({ resultAt: "2026-11-20T05:00:00Z", onset: "2026-11-18", sampleAt: "2026-11-19T02:00:00Z" }, now);
  expect(ruler?.marks.map((mark) => mark.name)).toEqual(["onset", "sample", "result"]);
  expect(ruler?.marks[0]?.at).toBe(Date.parse("2026-11-17T17:00:00Z"));
});

test("without isolation the window runs until now", () => {
  const ruler = dateRuler({ sampleAt: "2026-11-19T02:00:00Z", windowFrom: "2026-11-16T17:00:00Z" }, now);
  expect(ruler?.window).toEqual({ from: Date.parse("2026-11-16T17:00:00Z"), to: now, open: true });
  expect(ruler?.marks.at(-1)?.name).toBe("now");
});

test("a window that closes by itself ends on its last day, or now while that lies ahead", () => {
  const dated = { onset: "2026-11-10", windowFrom: "2026-11-05T17:00:00Z" };
  expect(dateRuler({ ...dated, windowTo: "2026-11-18T17:00:00Z" }, now)?.window).toEqual({
    from: Date.parse("2026-11-05T17:00:00Z"),
    to: Date.parse("2026-11-18T17:00:00Z"),
    open: false,
  });
  expect(dateRuler({ ...dated, windowTo: "2026-11-28T17:00:00Z" }, now)?.window).toMatchObject({ to: now, open: true });
});

test("labels that would run into each other get rows of their own", () => {
  const close = dateRuler({ onset: "2026-11-10", sampleAt: "2026-11-19T02:00:00Z", resultAt: "2026-11-19T08:00:00Z" }, now);
  expect(close?.marks.map((mark) => mark.row)).toEqual([0, 0, 1]);
});
