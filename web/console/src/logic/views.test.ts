import { expect, test } from "vitest";

import { caseFilter } from "./filters";
import { openedBy, sameSettings, searchOf, settingsOf } from "./views";

test("a view keeps choices, ids, days and the order", () => {
  const search = { classification: "suspect", awaiting: true, onsetFrom: "2026-11-01", unit: "0dkq2m4z8x1y3", sort: "onset", order: "ascending", overdue: undefined };
  const settings = settingsOf(search);
  expect(settings).toEqual({ classification: "suspect", awaiting: "true", onsetFrom: "2026-11-01", unit: "0dkq2m4z8x1y3", sort: "onset", order: "ascending" });
  expect(caseFilter(searchOf(settings))).toEqual({ ...search, overdue: undefined });
});

test("nothing that names or finds a person is kept", () => {
  expect(settingsOf({ q: "COV-260821", person: "0dkq2m4z8x1y3", case: "0dkq2m4z8x1y3", followed: "0dkq2m4z8x1y3", account: "0dkq2m4z8x1y3", disease: "Lê Thị Ốm", unit: "0912345678", status: "open" })).toEqual({ status: "open" });
});

test("what a page no longer knows is left out, and counted", () => {
  expect(openedBy({ classification: "suspect", colour: "red", outcome: "well" }, caseFilter)).toEqual({ search: { classification: "suspect" }, lost: 2 });
  expect(openedBy({ classification: "suspect" }, caseFilter)).toEqual({ search: { classification: "suspect" }, lost: 0 });
  expect(openedBy({ sort: "onset" }, caseFilter)).toEqual({ search: { sort: "onset" }, lost: 0 });
});

test("two views are one when they ask for the same", () => {
  expect(sameSettings({ a: "1", b: "2" }, { b: "2", a: "1" })).toBe(true);
  expect(sameSettings({ a: "1" }, { a: "1", b: "2" })).toBe(false);
  expect(sameSettings({ a: "1" }, { b: "1" })).toBe(false);
});
