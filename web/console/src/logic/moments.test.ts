import { expect, test } from "vitest";

import { elapsed, instantOf, parseClock, parseDay, partsOf, showDay, span } from "./moments";

test("times of day as people type them", () => {
  expect(parseClock("8h30")).toBe("08:30");
  expect(parseClock("8:05")).toBe("08:05");
  expect(parseClock("0830")).toBe("08:30");
  expect(parseClock("17h")).toBe("17:00");
  expect(parseClock("7")).toBe("07:00");
  expect(parseClock("24:00")).toBeUndefined();
  expect(parseClock("8:61")).toBeUndefined();
  expect(parseClock("sáng")).toBeUndefined();
});

test("days as people type them, day first", () => {
  expect(parseDay("5/3/2026")).toBe("2026-03-05");
  expect(parseDay("05.03.26")).toBe("2026-03-05");
  expect(parseDay("05032026")).toBe("2026-03-05");
  expect(parseDay("31/02/2026")).toBeUndefined();
  expect(parseDay("3/2026")).toBeUndefined();
  expect(showDay("2026-03-05")).toBe("05/03/2026");
});

test("a local day and time is an instant at +07:00, and back", () => {
  expect(instantOf("2026-03-05", "06:30")).toBe("2026-03-04T23:30:00Z");
  expect(partsOf("2026-03-04T23:30:00Z")).toEqual({ date: "2026-03-05", clock: "06:30" });
});

test("spans use their largest fitting unit", () => {
  expect(span(59 * 60_000)).toEqual({ value: 59, unit: "minute" });
  expect(span(-95 * 60_000)).toEqual({ value: 1, unit: "hour" });
  expect(span(3 * 86_400_000)).toEqual({ value: 3, unit: "day" });
});

test("how long a machine took", () => {
  expect(elapsed(860, "vi")).toBe("0,86 mili giây");
  expect(elapsed(1_240_000, "vi")).toBe("1,2 giây");
  expect(elapsed(31_000_000, "en")).toBe("31 seconds");
});
