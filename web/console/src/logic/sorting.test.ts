import { expect, test } from "vitest";

import { pressed, sortedBy, sorting, type Sorts } from "./sorting";

const sorts: Sorts<"report" | "number"> = [
  ["report", "descending"],
  ["number", "ascending"],
];

test("an address holds only a sort that there is", () => {
  expect(sorting({ sort: "number", order: "descending" }, sorts)).toEqual({ sort: "number", order: "descending" });
  expect(sorting({ sort: "name", order: "descending" }, sorts)).toEqual({});
  expect(sorting({ order: "descending" }, sorts)).toEqual({});
  expect(sorting({ sort: "number", order: "sideways" }, sorts)).toEqual({ sort: "number" });
});

test("nothing asked for is the first sort, in its own direction", () => {
  expect(sortedBy({}, sorts)).toEqual({ sort: "report", order: "descending" });
  expect(sortedBy({ sort: "number" }, sorts)).toEqual({ sort: "number", order: "ascending" });
});

test("a head begins its own way and is turned round when pressed again", () => {
  const once = pressed({}, "number", sorts);
  expect(once).toEqual({ sort: "number", order: "ascending" });
  const twice = pressed(once, "number", sorts);
  expect(twice).toEqual({ sort: "number", order: "descending" });
  expect(pressed(twice, "number", sorts)).toEqual(once);
  expect(pressed({}, "report", sorts)).toEqual({ sort: "report", order: "ascending" });
});
