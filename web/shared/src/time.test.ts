import { expect, test } from "vitest";

import { clock, day, daysBetween, localDate, longDay, spanOf } from "./time";

test("times are shown at +07:00 whatever the device's zone", () => {
  expect(clock("2026-11-20T17:30:00Z", "vi")).toBe("00:30");
  expect(day("2026-11-20T17:30:00Z", "vi")).toBe("21/11/2026");
  expect(localDate("2026-11-20T16:59:59Z")).toBe("2026-11-20");
  expect(localDate("2026-11-20T17:00:00Z")).toBe("2026-11-21");
});

test("days are calendar days in Việt Nam, not spans of 24 hours", () => {
  expect(daysBetween("2026-11-20T16:59:00Z", "2026-11-20T17:01:00Z")).toBe(1);
  expect(daysBetween("2026-11-20T17:01:00Z", "2026-11-21T16:59:00Z")).toBe(0);
});

test("long days begin with a capital letter in both languages", () => {
  expect(longDay("2026-11-21T03:00:00Z", "vi")).toBe("Thứ Bảy, 21 tháng 11");
  expect(longDay("2026-11-21T03:00:00Z", "en")).toMatch(/^Saturday,? 21 November$/);
});

test("a span that ends before it begins ends on the next day", () => {
  expect(spanOf("2026-03-02", "06:00", "14:00")).toEqual({ from: "2026-03-01T23:00:00.000Z", until: "2026-03-02T07:00:00.000Z" });
  expect(spanOf("2026-03-02", "22:00", "06:00")).toEqual({ from: "2026-03-02T15:00:00.000Z", until: "2026-03-02T23:00:00.000Z" });
});
