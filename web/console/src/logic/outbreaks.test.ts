import { expect, test } from "vitest";

import { chanceText, wholeCurve } from "./outbreaks";

const at = (day: string, onset = 1) => ({ day, onset, sample: 0, report: 0 });

test("days without a case are drawn, over the end of a month", () => {
  expect(wholeCurve([at("2026-02-27"), at("2026-03-02", 2)], 2).map((one) => `${one.day} ${one.onset}`)).toEqual([
    "2026-02-27 1",
    "2026-02-28 0",
    "2026-03-01 0",
    "2026-03-02 2",
  ]);
  expect(wholeCurve([])).toEqual([]);
});

test("a short outbreak has a fortnight to stand in, which ends with its last case", () => {
  const drawn = wholeCurve([at("2026-03-01"), at("2026-03-02")]);
  expect(drawn.length).toBe(14);
  expect([drawn[0]?.day, drawn[13]?.day]).toEqual(["2026-02-17", "2026-03-02"]);
});

test("of a long outbreak the last days are drawn", () => {
  const drawn = wholeCurve([at("2025-01-01"), at("2026-03-02")], 2, 3);
  expect(drawn.map((one) => one.day)).toEqual(["2026-02-28", "2026-03-01", "2026-03-02"]);
});

test("chances keep their order however small", () => {
  expect(chanceText(0.25, "en")).toBe("0.250");
  expect(chanceText(0.25, "vi")).toBe("0,250");
  expect(chanceText(1.23e-9, "en")).toBe("1.2 × 10⁻⁹");
  expect(chanceText(9.99e-13, "en")).toBe("1.0 × 10⁻¹²");
  expect(chanceText(0, "vi")).toBe("0");
});
