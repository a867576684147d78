import { expect, test } from "vitest";

import { layout, segments } from "../../logic/graph";
import { type GraphData, shapeOf, strokeOf } from "./looks";
import { isOutside, mayHaveInfected, taken } from "./outside";

// A case with a contact, and two cases outside whom it met; the contact it met, too.
const graph: GraphData = {
  first: "2026-03-01",
  nodes: { id: ["a", "x", "y", "", "b"], label: ["COV-1", "COV-7", "COV-8", "", "COV-2"], level: [0, 0, 0, 1, 0], day: [5, 0, 3, 4, 5], date: [0, 0, 0, 1, 0], standing: [0, 0, 1, 2, 0], unit: [0, 0, 0, -1, 0] },
  edges: { from: [0, 1, 2, 3, 1], to: [3, 0, 0, 0, 4], kind: [0, 1, 1, 1, 1], by: [0, 0, 0, 0, 0], estimated: [0, 0, 0, 0, 0], place: [0, 0, 0, 0, 0], start: [600, 600, 600, 600, 600], minutes: [30, 30, 30, 30, 30], evidence: [1, 1, 1, 1, 1], why: [-1, 0, 1, 2, 0], early: [0, 0, 0, 0, 0] },
  dates: ["onset", "exposure"],
  standings: ["confirmed", "suspect", "unasked"],
  kinds: ["contact", "possible"],
  means: ["visit"],
  reasons: ["infectious", "case", "contact"],
  units: ["Hải Lăng"],
  places: ["Chợ"],
  levels: 1,
  leftOut: [0],
  unseen: 1,
  notSearched: 0,
  outside: [1, 2],
  outsideLeftOut: 3,
  outsideWhole: true,
};

test("a case outside has a shape of its own, whatever its standing", () => {
  expect([0, 1, 2, 3, 4].map((n) => shapeOf(graph, n))).toEqual(["disc", "square", "square", "ring", "disc"]);
  expect([0, 1, 2, 3, 4].filter((n) => isOutside(graph, n))).toEqual([1, 2]);
});

test("it stands on its own day, with cases alone too, and its lines are dashed", () => {
  const of = layout(graph, 0);
  expect([...of.rows]).toEqual([1, 2, 0, 4]);
  expect(of.x[1]).toBe(0);
  const lines = segments(graph, of).filter((one) => one.edge !== -1);
  expect(lines.map((one) => one.edge)).toEqual([1, 2, 4]);
  expect(lines.every((one) => strokeOf(graph, one).dashed)).toBe(true);
});

test("the list says whom it may have infected", () => {
  expect(mayHaveInfected(graph, 1)).toEqual([1, 4]);
  expect(mayHaveInfected(graph, 0)).toEqual([]);
});

test("of a picture those with a number or name are counted, and its cases outside named", () => {
  expect(taken(graph, [0, 1, 3])).toEqual({ people: 2, outside: ["x"] });
  expect(taken(graph, [3])).toEqual({ people: 0, outside: [] });
});
