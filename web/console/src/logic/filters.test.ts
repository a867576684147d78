import { expect, test } from "vitest";

import { candidateFilter, caseFilter, logFilter, placeFilter, taskFilter } from "./filters";

test("only known choices pass", () => {
  expect(caseFilter({ classification: "confirmed", unit: "9k2" })).toEqual({ classification: "confirmed", unit: "9k2" });
  expect(caseFilter({ classification: "'; DROP", status: "" })).toEqual({});
  expect(caseFilter({ awaiting: true })).toEqual({ awaiting: true });
  expect(caseFilter({ awaiting: "yes" })).toEqual({});
  expect(taskFilter({ state: "open", kind: "fax", mine: "yes" })).toEqual({ state: "open" });
});

test("a name or phone never gets into an address", () => {
  expect(caseFilter({ q: "Trần Thị Lành" })).toEqual({});
  expect(caseFilter({ q: "Lan" })).toEqual({});
  expect(caseFilter({ q: "0912345678" })).toEqual({});
  expect(caseFilter({ q: "cov-260821" })).toEqual({ q: "COV-260821" });
});

test("ids that look like numbers stay ids", () => {
  expect(placeFilter({ unit: 91 })).toEqual({ unit: "91" });
});

test("levels are 1 to 4", () => {
  expect(candidateFilter({ level: 2, status: "open" })).toEqual({ level: "2", status: "open" });
  expect(candidateFilter({ level: 0 })).toEqual({});
  expect(candidateFilter({ level: "x" })).toEqual({});
});

test("days of the access log are whole local days", () => {
  expect(logFilter({ from: "2026-11-01", to: "soon" })).toEqual({ from: "2026-11-01" });
});
