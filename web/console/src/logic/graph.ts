// Where a graph of transmission is drawn: time on x, a row of its own for everybody on y, so that no two lines of a tree cross. Pure.
//
// A tree: below a case those of which it is the recorded source, below everybody those exposed by them, by day. All that hangs below
// somebody stands in the rows that follow at once. The line to a child runs from its parent's spine along the child's row; the spine is
// a vertical left of whatever is drawn below, so that nothing crosses it, also where somebody was exposed before the one who exposed
// them fell ill, which is common, or fell ill before the source did, which is a contradiction. Nobody is moved in time for looks.
// All other lines — possible sources, further exposures — run straight, and so does a contradiction, over whatever lies between: it is to be
// seen, and a bracket would look as if time ran on.

import { folded } from "./folded";

/** The columns of the answer that places depend on. */
export interface GraphColumns {
  nodes: { level: readonly number[]; day: readonly number[] };
  edges: { from: readonly number[]; to: readonly number[]; kind: readonly number[]; early?: readonly number[] };
  kinds: readonly string[];
}

export interface Layout {
  /** Days; NaN of what is folded away. */
  x: Float64Array;
  /** Rows from 0; −1 of what is folded away. */
  y: Int32Array;
  /** Days: of the vertical line that the children hang on; NaN without children that are drawn. */
  spine: Float64Array;
  /** Row of the last child drawn. */
  bottom: Int32Array;
  parent: Int32Array;
  /** Which line stands for the parent; −1: none. */
  parentEdge: Int32Array;
  /** Everybody drawn, by row. */
  rows: Int32Array;
  /** How many are folded away below somebody. */
  folded: Int32Array;
  from: number;
  to: number;
}

/** Between a spine and what is left of all below it, in days. */
const gap = 0.12;

/** The one who stands above in the tree, by the recorded source, else the first exposure. */
function parents(graph: GraphColumns): { parent: Int32Array; parentEdge: Int32Array } {
  const { from, to, kind } = graph.edges;
  const count = graph.nodes.level.length;
  const parent = new Int32Array(count).fill(-1);
  const parentEdge = new Int32Array(count).fill(-1);
  for (let e = 0; e < from.length; e++) {
    const child = to[e]!;
    const what = graph.kinds[kind[e]!];
    const fits = graph.nodes.level[child] === 0 ? what === "source" : what === "contact";
    if (!fits || parent[child] !== -1 || from[e] === child) continue;
    parent[child] = from[e]!;
    parentEdge[child] = e;
  }
  // Whoever is, by what was recorded, above themselves begins a tree.
  const seen = new Int32Array(count).fill(-1);
  for (let n = 0; n < count; n++) {
    let at = n;
    while (at !== -1 && seen[at] === -1) {
      seen[at] = n;
      at = parent[at]!;
    }
    if (at !== -1 && seen[at] === n) parent[at] = parentEdge[at] = -1;
  }
  return { parent, parentEdge };
}

/** Lists of children by day, as one array: those of n are `list` from `begin[n]` to `begin[n + 1]`; of −1, the roots, at the end. */
function children(parent: Int32Array, day: readonly number[]): { list: Int32Array; begin: Int32Array } {
  const count = parent.length;
  const begin = new Int32Array(count + 2);
  const slot = (n: number) => (parent[n] === -1 ? count : parent[n]!);
  for (let n = 0; n < count; n++) begin[slot(n) + 1]!++;
  for (let n = 0; n <= count; n++) begin[n + 1]! += begin[n]!;
  const next = begin.slice();
  const list = new Int32Array(count);
  const byDay = Int32Array.from({ length: count }, (_, n) => n).sort((a, b) => day[a]! - day[b]! || a - b);
  for (const n of byDay) list[next[slot(n)]!++] = n;
  return { list, begin };
}

/** `levels`: no deeper than these are drawn; `closed`: those whose trees are folded into them. */
export function layout(graph: GraphColumns, levels = Infinity, closed: ReadonlySet<number> = new Set()): Layout {
  const { day, level } = graph.nodes;
  const count = day.length;
  const { parent, parentEdge } = parents(graph);
  const { list, begin } = children(parent, day);
  const x = new Float64Array(count).fill(NaN);
  const y = new Int32Array(count).fill(-1);
  const spine = new Float64Array(count).fill(NaN);
  const bottom = new Int32Array(count).fill(-1);
  const folded = new Int32Array(count);
  const drawn = new Int32Array(count);
  let rows = 0;
  // Depth first, without recursion: a chain may be as long as the graph.
  const waiting: number[] = [];
  const under: number[] = []; // the one into whom each waiting is folded, or −1
  for (let i = begin[count + 1]! - 1; i >= begin[count]!; i--) {
    waiting.push(list[i]!);
    under.push(-1);
  }
  while (waiting.length > 0) {
    const n = waiting.pop()!;
    const above = under.pop()!;
    // Below contacts there are contacts alone, so that no case goes with them.
    const into = above === -1 && level[n]! > levels ? parent[n]! : above;
    if (into !== -1) folded[into]!++;
    else {
      x[n] = day[n]!;
      y[n] = rows;
      drawn[rows++] = n;
    }
    const below = into === -1 && closed.has(n) ? n : into;
    for (let i = begin[n + 1]! - 1; i >= begin[n]!; i--) {
      waiting.push(list[i]!);
      under.push(below);
    }
  }
  // From the last row up everything below is known.
  let from = Infinity;
  let to = -Infinity;
  for (let row = rows - 1; row >= 0; row--) {
    const n = drawn[row]!;
    const above = parent[n]!;
    const left = Number.isNaN(spine[n]!) ? x[n]! : (spine[n] = Math.min(x[n]!, spine[n]!));
    from = Math.min(from, left);
    to = Math.max(to, x[n]!);
    if (above === -1 || y[above] === -1) continue;
    bottom[above] = Math.max(bottom[above]!, row);
    spine[above] = Math.min(Number.isNaN(spine[above]!) ? Infinity : spine[above]!, left - gap);
  }
  return { x, y, spine, bottom, parent, parentEdge, rows: drawn.slice(0, rows), folded, from: rows ? from : 0, to: rows ? to : 0 };
}

/** What the screen shows: days at the left edge and rows at the upper one, and pixels for each of them. */
export interface View {
  left: number;
  top: number;
  perDay: number;
  perRow: number;
}

export const tallest = 40;
const margin = 24;

/** Everything, with room for the days' names above. */
export function fitted(of: Layout, width: number, height: number): View {
  const days = Math.max(1, of.to - of.from);
  const rows = Math.max(1, of.rows.length);
  const perDay = Math.max(0.01, (width - 3 * margin - 60) / days);
  const perRow = Math.min(tallest, Math.max(0.005, (height - 3 * margin) / rows));
  return { left: of.from - margin / perDay, top: -0.5 - (1.6 * margin) / perRow, perDay, perRow };
}

export const screenX = (view: View, x: number) => (x - view.left) * view.perDay;
export const screenY = (view: View, y: number) => (y - view.top) * view.perRow;

/** Nearer or farther around a point of the screen, which stays. */
export function zoomed(view: View, by: number, atX: number, atY: number, both = true): View {
  const perRow = Math.min(tallest * 2, Math.max(0.005, view.perRow * by));
  const perDay = both ? Math.min(4000, Math.max(0.01, view.perDay * by)) : view.perDay;
  return { perDay, perRow, left: view.left + atX / view.perDay - atX / perDay, top: view.top + atY / view.perRow - atY / perRow };
}

export const moved = (view: View, dx: number, dy: number): View => ({ ...view, left: view.left - dx / view.perDay, top: view.top - dy / view.perRow });

/** In the middle, near enough to read the name. */
export const centred = (view: View, of: Layout, n: number, width: number, height: number): View => {
  const perRow = Math.max(view.perRow, 16);
  return { ...view, perRow, left: of.x[n]! - width / 2 / view.perDay, top: of.y[n]! - height / 2 / perRow };
};

/** Who stands at a point of the screen: the rows are the grid. −1: nobody within `reach` pixels. */
export function hit(of: Layout, view: View, px: number, py: number, reach = 9): number {
  const row = view.top + py / view.perRow;
  const first = Math.max(0, Math.ceil(row - reach / view.perRow));
  const last = Math.min(of.rows.length - 1, Math.floor(row + reach / view.perRow));
  let found = -1;
  let nearest = reach * reach;
  for (let r = first; r <= last; r++) {
    const n = of.rows[r]!;
    const dx = screenX(view, of.x[n]!) - px;
    const dy = screenY(view, r) - py;
    if (dx * dx + dy * dy > nearest) continue;
    nearest = dx * dx + dy * dy;
    found = n;
  }
  return found;
}

export interface Segment {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  /** The line of the answer; −1: the spine of several. */
  edge: number;
}

/** Every stroke of what is drawn, in days and rows. Lines to whom is folded away are left out. */
export function segments(graph: GraphColumns, of: Layout): Segment[] {
  const { from, to, early } = graph.edges;
  const out: Segment[] = [];
  for (const n of of.rows) {
    const row = of.y[n]!;
    const s = of.spine[n]!;
    if (!Number.isNaN(s)) {
      out.push({ x1: s, y1: row, x2: s, y2: of.bottom[n]!, edge: -1 });
      if (s !== of.x[n]) out.push({ x1: s, y1: row, x2: of.x[n]!, y2: row, edge: -1 });
    }
    const above = of.parent[n]!;
    if (above === -1 || of.y[above] === -1) continue;
    const edge = of.parentEdge[n]!;
    const clash = (early?.[edge] ?? 0) > 0;
    out.push({ x1: of.spine[above]!, y1: row, x2: of.x[n]!, y2: row, edge: clash ? -1 : edge });
    if (clash) out.push({ x1: of.x[above]!, y1: of.y[above]!, x2: of.x[n]!, y2: row, edge });
  }
  for (let e = 0; e < from.length; e++) {
    const a = from[e]!;
    const b = to[e]!;
    if (of.parentEdge[b] === e || of.y[a] === -1 || of.y[b] === -1) continue;
    out.push({ x1: of.x[a]!, y1: of.y[a]!, x2: of.x[b]!, y2: of.y[b]!, edge: e });
  }
  return out;
}

/** Everybody whose number or name has these words, in the order of the rows; with or without accents. */
export function found(labels: readonly string[], of: Layout, words: string): number[] {
  const wanted = folded(words.trim());
  if (!wanted) return [];
  return [...of.rows].filter((n) => folded(labels[n] ?? "").includes(wanted));
}
