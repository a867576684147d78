// How people and lines of the graph look, on the screen and on paper. Never by colour alone: shapes, dashes and widths differ, too.
import type { Segment } from "../../logic/graph";
import { isOutside } from "./outside";

/** What is drawn, in the columns of the answer. */
export interface GraphData {
  first?: string | undefined;
  nodes: { id: readonly string[]; label: readonly string[]; level: readonly number[]; day: readonly number[]; date: readonly number[]; standing: readonly number[]; unit: readonly number[] };
  edges: {
    from: readonly number[];
    to: readonly number[];
    kind: readonly number[];
    by: readonly number[];
    estimated: readonly number[];
    place: readonly number[];
    start: readonly number[];
    minutes: readonly number[];
    evidence: readonly number[];
    why: readonly number[];
    early: readonly number[];
  };
  dates: readonly ("onset" | "sample" | "report" | "exposure")[];
  standings: readonly Standing[];
  kinds: readonly ("source" | "contact" | "possible")[];
  means: readonly ("visit" | "encounter" | "household" | "vehicle" | "declared")[];
  reasons: readonly ("infectious" | "case" | "contact")[];
  units: readonly string[];
  places: readonly string[];
  levels: number;
  leftOut: readonly number[];
  unseen: number;
  notSearched: number;
  /** Which of the nodes are cases outside (outside.ts). */
  outside: readonly number[];
  outsideLeftOut: number;
  outsideWhole: boolean;
}

export type Standing = "confirmed" | "probable" | "suspect" | "F1" | "F2" | "unasked";
export type Shape = "disc" | "diamond" | "ring" | "square";
export type Colour = readonly [number, number, number];

export const standingColours: Record<Standing, Colour> = {
  confirmed: [168, 55, 31],
  probable: [200, 120, 90],
  suspect: [143, 95, 6],
  F1: [52, 90, 136],
  F2: [104, 141, 184],
  unasked: [93, 106, 96],
};

export interface Stroke {
  colour: Colour;
  width: number;
  dashed: boolean;
}

export const strokes = {
  source: { colour: [26, 77, 55], width: 2, dashed: false },
  contact: { colour: [132, 143, 126], width: 1, dashed: false },
  possible: { colour: [38, 69, 109], width: 1.5, dashed: true },
  contradiction: { colour: [196, 20, 20], width: 3, dashed: false },
  spine: { colour: [112, 125, 108], width: 1, dashed: false },
} satisfies Record<string, Stroke>;

export const rgb = ([r, g, b]: Colour) => `rgb(${r} ${g} ${b})`;
export const hex = (colour: Colour) => `#${colour.map((one) => one.toString(16).padStart(2, "0")).join("")}`;

export const isCase = (graph: GraphData, n: number) => graph.nodes.level[n] === 0;
export const shapeOf = (graph: GraphData, n: number): Shape => (graph.nodes.id[n] === "" ? "ring" : !isCase(graph, n) ? "diamond" : isOutside(graph, n) ? "square" : "disc");
export const colourOf = (graph: GraphData, n: number): Colour => standingColours[graph.standings[graph.nodes.standing[n]!]!];
/** Across, in pixels; smaller where rows are close. */
export const sizeOf = (graph: GraphData, n: number, perRow: number) => (isCase(graph, n) ? Math.min(13, Math.max(5, perRow * 0.9)) : Math.min(10, Math.max(2.5, perRow * 0.7)));

export function strokeOf(graph: GraphData, one: Segment): Stroke {
  if (one.edge === -1) return strokes.spine;
  const kind = graph.kinds[graph.edges.kind[one.edge]!]!;
  // What contradicts itself stays dashed where it is only possible.
  return graph.edges.early[one.edge]! > 0 ? { ...strokes.contradiction, dashed: kind === "possible" } : strokes[kind];
}
