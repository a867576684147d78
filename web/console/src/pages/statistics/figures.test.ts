import { expect, test } from "vitest";

import type { StatisticsRow } from "../../api/types";
import { percent, ranked, share } from "./figures";

const row = (name: string, places: number, active: number, scans: number, declared?: number): StatisticsRow => ({
  name,
  further: false,
  counts: { places, active, scans, passing: scans, ...(declared === undefined ? {} : { declared }) },
  denominators: [],
});

test("a share of nothing is not said", () => {
  expect(share.active(row("", 0, 0, 0).counts)).toBeUndefined();
  expect(share.perActive(row("", 3, 0, 0).counts)).toBeUndefined();
  expect(share.declared(row("", 3, 1, 9).counts)).toBeUndefined();
  expect(percent(undefined)).toBe("–");
  expect(percent(0)).toBe("0.0 %");
  expect(percent(share.declared(row("", 3, 1, 10, 5).counts))).toBe("50.0 %");
});

test("who passes without proof counts as not declared", () => {
  const some = row("", 3, 1, 10, 5).counts;
  expect(percent(share.declared({ ...some, passing: 20 }))).toBe("25.0 %");
});

test("ranks the best first and the unknown last", () => {
  const rows = [row("none", 0, 0, 0), row("low", 10, 1, 50, 5), row("high", 10, 5, 10, 10)];
  const names = (by: Parameters<typeof ranked>[1]) => ranked(rows, by).map(({ name }) => name);
  expect(names("name")).toEqual(["none", "low", "high"]);
  expect(names("active")).toEqual(["high", "low", "none"]);
  expect(names("perActive")).toEqual(["low", "high", "none"]);
  expect(names("declared")).toEqual(["high", "low", "none"]);
  rows[0]!.peopleShare = 0.2;
  expect(names("people")).toEqual(["none", "low", "high"]);
});
