import { expect, test } from "vitest";

import { centred, fitted, found, type GraphColumns, hit, layout, moved, screenX, screenY, segments, type Segment, zoomed } from "./graph";

const kinds = ["source", "contact", "possible"];
/** Nodes as [level, day], lines as [from, to, kind]. */
const drawn = (nodes: [number, number][], edges: [number, number, string][] = []): GraphColumns => ({
  nodes: { level: nodes.map((n) => n[0]), day: nodes.map((n) => n[1]) },
  edges: { from: edges.map((e) => e[0]), to: edges.map((e) => e[1]), kind: edges.map((e) => kinds.indexOf(e[2])) },
  kinds,
});

/** A study graph: so many cases in trees, the rest their contacts to the second level. Deterministic. */
function study(people: number, cases: number): GraphColumns {
  let seed = 7;
  const random = (most: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
  const nodes: [number, number][] = [];
  const edges: [number, number, string][] = [];
  for (let n = 0; n < cases; n++) {
    const source = n > 3 ? random(n) : -1;
    nodes.push([0, source === -1 ? random(5) : nodes[source]![1] + random(9) - 1]);
    if (source !== -1) edges.push([source, n, "source"]);
  }
  for (let n = cases; n < people; n++) {
    const from = random(n);
    const level = Math.min(2, nodes[from]![0] + 1);
    const by = nodes[from]![0] === 2 ? random(cases) : from;
    nodes.push([nodes[by]![0] === 0 ? 1 : level, nodes[by]![1] + random(6) - 3]);
    edges.push([by, n, "contact"]);
  }
  for (let n = 0; n < cases; n += 9) edges.push([random(people), n, "possible"]);
  return drawn(nodes, edges);
}

const tree = (graph: GraphColumns, all: Segment[]) => all.filter((one) => one.edge === -1 || graph.kinds[graph.edges.kind[one.edge]!] !== "possible");

test("whoever hangs below somebody stands in the rows that follow, by day, on the own day", () => {
  const of = layout(drawn([[0, 0], [0, 9], [0, 4], [1, 5]], [[0, 1, "source"], [0, 2, "source"], [2, 3, "contact"]]));
  expect([...of.rows]).toEqual([0, 2, 3, 1]);
  expect([...of.x]).toEqual([0, 9, 4, 5]);
  expect(of.spine[0]).toBe(0);
  expect(of.bottom[0]).toBe(3);
});

test("no two lines of a tree cross, also where exposures come before the case and cases before their source", () => {
  const graph = study(600, 60);
  const of = layout(graph);
  const all = tree(graph, segments(graph, of));
  const upright = all.filter((one) => one.x1 === one.x2 && one.y1 !== one.y2);
  const level = all.filter((one) => one.y1 === one.y2 && one.x1 !== one.x2);
  expect(upright.length).toBeGreaterThan(50);
  expect(level.length).toBeGreaterThan(500);
  const across = (v: Segment, h: Segment) => h.y1 > v.y1 && h.y1 < v.y2 && Math.min(h.x1, h.x2) < v.x1 - 1e-9 && Math.max(h.x1, h.x2) > v.x1 + 1e-9;
  expect(upright.flatMap((v) => level.filter((h) => across(v, h)).map((h) => [v, h]))).toEqual([]);
});

test("a secondary before its primary stands on its own day, left of it, and the contradiction runs straight", () => {
  const graph = drawn([[0, 5], [0, 3]], [[0, 1, "source"]]);
  const of = layout(graph);
  expect([...of.x]).toEqual([5, 3]);
  expect(of.spine[0]).toBeLessThan(3);
  const marked = segments({ ...graph, edges: { ...graph.edges, early: [2] } }, of).filter((one) => one.edge === 0);
  expect(marked).toEqual([{ x1: 5, y1: 0, x2: 3, y2: 1, edge: 0 }]);
});

test("everybody is drawn once, whatever was recorded in a circle", () => {
  const of = layout(drawn([[0, 1], [0, 2], [0, 3], [0, 0]], [[2, 0, "source"], [0, 1, "source"], [1, 2, "source"], [3, 3, "source"]]));
  expect([...of.rows].sort()).toEqual([0, 1, 2, 3]);
});

test("levels and trees fold into the one above, who says how many", () => {
  const graph = drawn([[0, 0], [1, 1], [2, 2], [0, 5], [1, 6]], [[0, 1, "contact"], [1, 2, "contact"], [0, 3, "source"], [3, 4, "contact"]]);
  const one = layout(graph, 1);
  expect([...one.rows]).toEqual([0, 1, 3, 4]);
  expect(one.folded[1]).toBe(1);
  const cases = layout(graph, 0);
  expect([...cases.rows]).toEqual([0, 3]);
  expect([...cases.folded]).toEqual([2, 0, 0, 1, 0]);
  const closed = layout(graph, 4, new Set([0]));
  expect([...closed.rows]).toEqual([0]);
  expect(closed.folded[0]).toBe(4);
  expect(Number.isNaN(closed.spine[0]!)).toBe(true);
  expect(segments(graph, closed)).toEqual([]);
});

test("twenty thousand people, twice the same", () => {
  const graph = study(20_000, 1000);
  const one = layout(graph);
  const again = layout(graph);
  expect(one.rows.length).toBe(20_000);
  expect([...again.y]).toEqual([...one.y]);
  expect(segments(graph, one).length).toBeGreaterThan(20_000);
});

test("a chain as long as the graph is no recursion", () => {
  const nodes = Array.from({ length: 20_000 }, (_, n): [number, number] => [0, n]);
  const of = layout(drawn(nodes, nodes.slice(1).map((_, n): [number, number, string] => [n, n + 1, "source"])));
  expect(of.rows.length).toBe(20_000);
});

test("whoever stands at a point of the screen is found, the nearest first", () => {
  const graph = study(500, 30);
  const of = layout(graph);
  const view = fitted(of, 900, 500);
  const n = of.rows[123]!;
  const near = centred(view, of, n, 900, 500);
  expect(hit(of, near, screenX(near, of.x[n]!) + 3, screenY(near, of.y[n]!) + 2)).toBe(n);
  expect(hit(of, near, -9000, 250)).toBe(-1);
  expect(hit(of, view, screenX(view, of.x[n]!), screenY(view, of.y[n]!))).not.toBe(-1);
});

test("all fits the screen; nearer and farther keep the point they are about", () => {
  const of = layout(study(2000, 100));
  const view = fitted(of, 900, 500);
  for (const n of of.rows) {
    expect(screenX(view, of.x[n]!)).toBeLessThan(900);
    expect(screenX(view, of.x[n]!)).toBeGreaterThan(0);
    expect(screenY(view, of.y[n]!)).toBeLessThan(500);
  }
  const close = zoomed(view, 3, 200, 100);
  expect(close.left + 200 / close.perDay).toBeCloseTo(view.left + 200 / view.perDay);
  expect(close.top + 100 / close.perRow).toBeCloseTo(view.top + 100 / view.perRow);
  expect(screenX(moved(view, 30, 0), 1) - screenX(view, 1)).toBeCloseTo(30);
});

test("people are found with and without accents, and only those drawn", () => {
  const graph = drawn([[0, 0], [1, 1], [2, 2]], [[0, 1, "contact"], [1, 2, "contact"]]);
  const labels = ["COV-1", "Đ. T. Ánh", "N. V. Anh"];
  expect(found(labels, layout(graph), "anh")).toEqual([1, 2]);
  expect(found(labels, layout(graph, 1), "Ánh")).toEqual([1]);
  expect(found(labels, layout(graph), "d. t")).toEqual([1]);
  expect(found(labels, layout(graph), " ")).toEqual([]);
});

test("nobody is an empty picture", () => {
  const of = layout(drawn([]));
  expect(of.rows.length).toBe(0);
  expect(fitted(of, 100, 100).perRow).toBeGreaterThan(0);
});
