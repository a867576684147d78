import { expect, test } from "vitest";

import { sortedSites, type SiteSort } from "./sites";

const sites = [
  { name: "Khu 10", beds: 20, taken: 20, leaving: 5 },
  { name: "Khu 2", beds: 30, taken: 10, leaving: 5 },
  { name: "Đồn biên phòng", beds: 8, taken: 1, leaving: 0 },
];

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
