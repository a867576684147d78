import { expect, test } from "vitest";

import { filteredSites, sortedSites, type SiteFilter, type SiteSort } from "./sites";

const sites = [
  { name: "Khu 10", kind: "site", owner: "health", beds: 20, taken: 20, leaving: 5 },
  { name: "Khu 2", kind: "hotel", owner: "hotel", beds: 30, taken: 10, leaving: 5 },
  { name: "Đồn biên phòng", kind: "site", owner: "military", beds: 8, taken: 1, leaving: 0 },
] as const;

const names = (sort: SiteSort, order: "ascending" | "descending") => sortedSites(sites, { sort, order }).map((one) => one.name);

test("sites stand by name as Vietnamese sorts it, and numbers by their value", () => {
  expect(names("name", "ascending")).toEqual(["Đồn biên phòng", "Khu 2", "Khu 10"]);
  expect(names("name", "descending")).toEqual(["Khu 10", "Khu 2", "Đồn biên phòng"]);
});

test("by free beds and by who leaves tomorrow; what is alike stands by name", () => {
  expect(names("free", "descending")).toEqual(["Khu 2", "Đồn biên phòng", "Khu 10"]);
  expect(names("free", "ascending")).toEqual(["Khu 10", "Đồn biên phòng", "Khu 2"]);
  expect(names("leaving", "descending")).toEqual(["Khu 2", "Khu 10", "Đồn biên phòng"]);
  expect(names("leaving", "ascending")).toEqual(["Đồn biên phòng", "Khu 2", "Khu 10"]);
});

test("sites are found by words of their name, typed with or without accents", () => {
  const found = (filter: SiteFilter) => filteredSites(sites, filter).map((one) => one.name);
  expect(found({ q: " phong DON " })).toEqual(["Đồn biên phòng"]);
  expect(found({ q: "khu" })).toEqual(["Khu 10", "Khu 2"]);
  expect(found({ kind: "site" })).toEqual(["Khu 10", "Đồn biên phòng"]);
  expect(found({ owner: "hotel" })).toEqual(["Khu 2"]);
  expect(found({ free: true })).toEqual(["Khu 2", "Đồn biên phòng"]);
  expect(found({ free: true, kind: "site", q: "khu" })).toEqual([]);
});
