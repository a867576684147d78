import { expect, test } from "vitest";

import { candidateFilter, caseFileFilter, caseFilter, caseSortsOf, logFilter, placeFilter, taskFilter } from "./filters";
import { sortedBy } from "./sorting";

test("only known choices pass", () => {
  expect(caseFilter({ classification: "confirmed", unit: "9k2" })).toEqual({ classification: "confirmed", unit: "9k2" });
  expect(caseFilter({ classification: "'; DROP", status: "" })).toEqual({});
  expect(caseFilter({ awaiting: true })).toEqual({ awaiting: true });
  expect(caseFilter({ awaiting: "yes" })).toEqual({});
  expect(taskFilter({ state: "open", kind: "fax", mine: "yes" })).toEqual({ state: "open" });
});

test("cases are filtered and sorted by what there is", () => {
  const all = { disease: "covid-19", outcome: "died", onsetFrom: "2026-02-01", reportedTo: "2026-03-01", outbreak: "0dkq2m4z8x1y3", sourceUnknown: true, overdue: true, sort: "deadline", order: "descending" };
  expect(caseFilter(all)).toEqual(all);
  expect(caseFilter({ disease: "Lê Thị Ốm", outcome: "well", onsetFrom: "soon", outbreak: "chợ Đông", sourceUnknown: 1, sort: "name", order: "ascending" })).toEqual({});
  expect(caseFileFilter({ q: "COV-1", unit: "9k2", disease: "measles", sort: "onset", order: "ascending" })).toEqual({ disease: "measles" });
});

test("what awaits its notification begins with the most overdue", () => {
  expect(sortedBy({}, caseSortsOf({}))).toEqual({ sort: "report", order: "descending" });
  expect(sortedBy({}, caseSortsOf({ overdue: true }))).toEqual({ sort: "deadline", order: "ascending" });
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
