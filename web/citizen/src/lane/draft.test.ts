import { expect, test } from "vitest";

import { fresh, heads, lights, passageOf, showPlate, tidyPlate, worst, type Draft } from "./draft";

const car: Draft = { ...fresh("out"), plate: "74A12345", people: [{ code: "LTP.A", light: "green" }, { phone: "0912345678", decision: "test" }], unnamed: 2 };

test("everybody is counted, and the worst light known is the vehicle's", () => {
  expect(heads(car)).toBe(4);
  expect(lights(car)).toEqual(["green", undefined, "yellow", "yellow"]);
  expect(worst(lights(car))).toBe("yellow");
  expect(worst([undefined])).toBeUndefined();
  expect(heads({ ...fresh(), journey: { code: "LTT.X", lights: [] } })).toBe(1);
  expect(heads({ ...fresh(), journey: { code: "LTT.X", lights: ["green", "red"] } })).toBe(2);
});

test("a plate is one however it is typed, and shown as on the vehicle", () => {
  for (const typed of ["74A-123.45", "74a 12345", " 74A–12345"]) expect(tidyPlate(typed)).toBe("74A12345");
  for (const none of ["", "74", "ABC", "1234567890123"]) expect(tidyPlate(none)).toBeUndefined();
  expect(showPlate("74A12345")).toBe("74A-123.45");
  expect(showPlate("74B112345")).toBe("74B1-123.45");
  expect(showPlate("QH1234")).toBe("QH1234");
});

test("what is sent says what was tapped and nothing else", () => {
  const where = { shift: "s", place: "p", at: "2026-03-02T01:30:00Z" };
  expect(passageOf(car, "turnBack", where, { why: "other", note: "x" })).toEqual({
    ...where,
    direction: "out",
    vehicle: "car",
    plate: "74A12345",
    occupants: [{ code: "LTP.A" }, { phone: "0912345678", decision: "test" }],
    unnamed: 2,
    decision: "turnBack",
    why: "other",
    note: "x",
  });
});
