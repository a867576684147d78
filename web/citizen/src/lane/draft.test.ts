import { expect, test } from "vitest";

import { declarationOf, declaring, fresh, heads, lights, next, passageOf, showPlate, tidyPlate, worst, type Draft } from "./draft";

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

test("an ambulance is declared while the vehicle at the barrier waits aside", () => {
  const open = { id: "a", at: "2026-03-02T01:30:00Z", vehicle: "ambulance", direction: "in", people: 0, decision: "pass" } as const;
  const now = declaring(car, open);
  expect(heads(now)).toBe(0);
  expect(declaring(now, open).aside).toBe(car);
  const where = { shift: "s", place: "p", at: "2026-03-02T02:00:00Z" };
  expect(declarationOf({ ...now, plate: "74A00001", people: [{ code: "LTC-7GK2-M0QX" }], unnamed: 1 }, "a", where)).toEqual({
    ...where,
    passage: "a",
    decision: "pass",
    plate: "74A00001",
    occupants: [{ code: "LTC-7GK2-M0QX" }],
    unnamed: 1,
  });
  expect(next(now)).toBe(car);
  expect(next(car)).toEqual(fresh("out"));
});
