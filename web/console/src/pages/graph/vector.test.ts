import { expect, test } from "vitest";

import { fitted, layout, segments, zoomed } from "../../logic/graph";
import type { GraphData } from "./looks";
import { shown, ticks, vector } from "./vector";

const graph: GraphData = {
  first: "2026-03-01",
  nodes: { id: ["a", "b", "c", ""], label: ["COV-1", "COV-2", "N. T. <An>", ""], level: [0, 0, 1, 1], day: [5, 3, 4, 6], date: [0, 0, 1, 1], standing: [0, 0, 1, 1], unit: [0, 0, 0, -1] },
  edges: { from: [0, 0, 0, 2], to: [1, 2, 3, 1], kind: [0, 1, 1, 2], by: [-1, 0, -1, 0], estimated: [0, 0, 0, 0], place: [-1, 0, -1, 0], start: [-1, 600, -1, 600], minutes: [0, 30, 0, 30], evidence: [0, 1, 1, 1], why: [-1, -1, -1, 0], early: [2, 0, 0, 0] },
  dates: ["onset", "exposure"],
  standings: ["confirmed", "unasked"],
  kinds: ["source", "contact", "possible"],
  means: ["visit"],
  reasons: ["contact"],
  units: ["Hải Lăng"],
  places: ["Chợ"],
  levels: 1,
  leftOut: [0],
  unseen: 1,
  notSearched: 0,
  outside: [],
  outsideLeftOut: 0,
  outsideWhole: true,
};

test("the picture has everybody, dashes, contradictions and the mark, and nothing that could be taken for markup", () => {
  const of = layout(graph);
  const svg = vector(graph, of, segments(graph, of), fitted(of, 600, 300), 600, 300, { title: "Ổ dịch", mark: "Lũy Tre: outbreak 1", day: String });
  expect(svg.match(/<circle|<path/g)).toHaveLength(4);
  expect(svg).toContain("COV-1");
  expect(svg).toContain("N. T. &lt;An&gt;");
  expect(svg).toContain('stroke-dasharray="6 4"');
  expect(svg).toContain('stroke="#c41414" stroke-width="3"');
  expect(svg).toContain("Ổ dịch · Lũy Tre: outbreak 1");
  expect(svg).not.toMatch(/style=|<script/);
});

test("cases outside are squares, and the paper says what a square is where there is one", () => {
  const of = layout(graph);
  const draw = (data: GraphData, view = fitted(of, 600, 300)) => vector(data, of, segments(data, of), view, 600, 300, { title: "Ổ dịch", mark: "Lũy Tre", outside: "ca <bên> ngoài", day: String });
  const square = /<path d="M[\d.]+ [\d.]+H[\d.]+V[\d.]+H[\d.]+Z"/g;
  expect(draw(graph)).not.toMatch(square);
  expect(draw(graph)).not.toContain("■");
  const beside = { ...graph, outside: [1] };
  expect(draw(beside).match(square)).toHaveLength(1);
  expect(draw(beside).match(/<circle|<path/g)).toHaveLength(4);
  expect(draw(beside)).toContain("Ổ dịch · Lũy Tre · ■ ca &lt;bên&gt; ngoài");
  expect(draw(beside, { ...fitted(of, 600, 300), left: 9000 })).not.toContain("■");
});

test("only what the screen shows is in it", () => {
  const of = layout(graph);
  const near = zoomed(fitted(of, 600, 300), 60, 0, 0);
  expect(shown(of, near, 600, 300).length).toBeLessThan(4);
  const svg = vector(graph, of, segments(graph, of), { ...near, left: 9000 }, 600, 300, { title: "", day: String });
  expect(svg).not.toMatch(/<circle|<path/);
});

test("days are named on round steps that do not touch", () => {
  expect(ticks({ left: 0, top: 0, perDay: 100, perRow: 1 }, 350)).toEqual([0, 1, 2, 3]);
  expect(ticks({ left: 3, top: 0, perDay: 20, perRow: 1 }, 400)).toEqual([7, 14, 21]);
});
