// Cases outside: of the reader's area, but neither of the outbreak nor of the case that the graph is of; drawn for the dashed lines that lead
// from them. Pure.
import type { GraphData } from "./looks";

type Outside = Pick<GraphData, "outside">;

export const isOutside = (graph: Outside, n: number) => graph.outside.includes(n);

/** The lines to those who may have it from somebody. */
export function mayHaveInfected(graph: Pick<GraphData, "edges" | "kinds">, n: number): number[] {
  const { from, kind } = graph.edges;
  const out: number[] = [];
  for (let e = 0; e < from.length; e++) if (from[e] === n && graph.kinds[kind[e]!] === "possible") out.push(e);
  return out;
}

/** What leaves with a picture of these: so many with a number or name, and the cases outside among them, which are logged one by one. */
export function taken(graph: Outside & { nodes: Pick<GraphData["nodes"], "id"> }, onPicture: readonly number[]): { people: number; outside: string[] } {
  return {
    people: onPicture.filter((n) => graph.nodes.id[n] !== "").length,
    outside: onPicture.filter((n) => isOutside(graph, n)).map((n) => graph.nodes.id[n]!),
  };
}
