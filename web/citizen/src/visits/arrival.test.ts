import { expect, test } from "vitest";

import { cameAt } from "./arrival";

test("the last time that clocks here showed it", () => {
  const met = "2026-03-02T01:30:20.500Z"; // 08:30
  expect(cameAt("07:45", met)).toBe("2026-03-02T00:45:00.000Z");
  expect(cameAt("08:30", met)).toBe("2026-03-02T01:30:00.000Z");
  expect(cameAt("22:10", met)).toBe("2026-03-01T15:10:00.000Z"); // the evening before
  expect(cameAt("23:30", "2026-03-01T17:20:00.000Z")).toBe("2026-03-01T16:30:00.000Z"); // past midnight
});

test("not what lies ahead, is long ago, or is no time", () => {
  const met = "2026-03-02T01:30:20.500Z";
  for (const said of ["08:31", "20:29", "", "8:30", "25:00", "aa:bb"]) expect([said, cameAt(said, met)]).toEqual([said, undefined]);
  expect(cameAt("20:31", met)).toBe("2026-03-01T13:31:00.000Z");
});
