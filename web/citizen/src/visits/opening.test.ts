import { expect, test } from "vitest";

import { half, hoursOf, rowsOf } from "./opening";

const hours = [
  { day: 1, from: "07:00", to: "11:00" },
  { day: 1, from: "13:00", to: "17:00" },
  { day: 7, from: "22:00", to: "02:00" },
];

test("a row a day; what a day has besides is kept", () => {
  const rows = rowsOf(hours);
  expect(rows.map(({ from }) => from)).toEqual(["07:00", "", "", "", "", "", "22:00"]);
  expect(rows[0]!.more).toEqual([hours[1]]);
  expect(hoursOf(rows)).toEqual(hours);
});

test("a day with one time only is not whole", () => {
  expect(rowsOf(hours).some(half)).toBe(false);
  expect(half({ from: "07:00", to: "", more: [] })).toBe(true);
  expect(hoursOf([{ from: "07:00", to: "", more: [] }])).toEqual([]);
});
