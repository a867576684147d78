import { expect, test } from "vitest";

import { daysWrong, lastDayOf, saidOf, type Word } from "./by-hand";

const last = "2026-03-01";
const today = "2026-03-05";
const word: Word = { choice: "follow", days: 7, note: " Cùng lớp ", source: " Công văn 12/SYT " };

test("days count from the last exposure, over the end of a month", () => {
  expect(lastDayOf(last, 7)).toBe("2026-03-08");
  expect(lastDayOf("2026-02-27", 3)).toBe("2026-03-02");
});

test("a number of days that ends before today is over already", () => {
  expect(daysWrong(4, last, today)).toBeUndefined();
  expect(daysWrong(3, last, today)).toBe("over");
  expect(daysWrong(7, undefined, today)).toBe("over");
  expect(daysWrong(undefined, last, today)).toBe("missing");
  for (const days of [0, -1, 1.5, 401]) expect(daysWrong(days, last, today)).toBe("range");
});

test("who is to be followed needs days, a ground and a source; who is not, the ground alone", () => {
  expect(saidOf(word, last, today)).toEqual({ days: 7, note: "Cùng lớp", source: "Công văn 12/SYT" });
  expect(saidOf({ ...word, choice: "nobody" }, last, today)).toEqual({ note: "Cùng lớp" });
  expect(saidOf({ ...word, choice: "nobody" }, undefined, today)).toEqual({ note: "Cùng lớp" });
  for (const one of [{ choice: undefined }, { days: undefined }, { days: 3 }, { note: "  " }, { source: " " }]) expect(saidOf({ ...word, ...one }, last, today)).toBeUndefined();
  expect(saidOf({ ...word, choice: "nobody", note: "" }, last, today)).toBeUndefined();
});
