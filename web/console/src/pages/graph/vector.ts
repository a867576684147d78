// What the screen shows as SVG: for paper, for a file, and where there is no WebGL. Presentation attributes alone, for the pages' policy
// forbids inline styles. Pure.
import { type Layout, screenX, screenY, type Segment, type View } from "../../logic/graph";
import { colourOf, type GraphData, hex, shapeOf, sizeOf, strokeOf } from "./looks";
import { isOutside } from "./outside";

export interface Words {
  title: string;
  /** Written below: who took it out and when; absent on the screen. */
  mark?: string;
  /** What a square is, written beside the mark where there is one. */
  outside?: string;
  day: (days: number) => string;
}

const clean = (text: string) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]!);
const at = (number: number) => String(Math.round(number * 10) / 10);

/** From how many pixels a row on names are readable. */
export const namesFrom = 12;

/** Days that are named at the top, not nearer than 90 pixels, and on round steps. */
export function ticks(view: View, width: number): number[] {
  const step = [1, 2, 7, 14, 28, 56, 112, 364].find((one) => one * view.perDay >= 90) ?? 728;
  const out: number[] = [];
  for (let day = Math.ceil(view.left / step) * step; (day - view.left) * view.perDay < width; day += step) out.push(day);
  return out;
}

function mark(shape: string, x: number, y: number, size: number, colour: string): string {
  const r = size / 2;
  if (shape === "diamond") return `<path d="M${at(x)} ${at(y - r)}L${at(x + r)} ${at(y)}L${at(x)} ${at(y + r)}L${at(x - r)} ${at(y)}Z" fill="${colour}"/>`;
  if (shape === "square") return `<path d="M${at(x - r * 0.9)} ${at(y - r * 0.9)}H${at(x + r * 0.9)}V${at(y + r * 0.9)}H${at(x - r * 0.9)}Z" fill="${colour}"/>`;
  if (shape === "ring") return `<circle cx="${at(x)}" cy="${at(y)}" r="${at(r * 0.8)}" fill="none" stroke="${colour}" stroke-width="${at(Math.max(1, r * 0.4))}"/>`;
  return `<circle cx="${at(x)}" cy="${at(y)}" r="${at(r)}" fill="${colour}"/>`;
}

export function vector(graph: GraphData, of: Layout, all: readonly Segment[], view: View, width: number, height: number, words: Words): string {
  const foot = words.mark ? 26 : 0;
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + foot}" viewBox="0 0 ${width} ${height + foot}" font-family="sans-serif" font-size="11">`,
    `<title>${clean(words.title)}</title><rect width="${width}" height="${height + foot}" fill="#ffffff"/>`,
    `<clipPath id="shown"><rect width="${width}" height="${height}"/></clipPath><g clip-path="url(#shown)">`,
  ];
  for (const day of ticks(view, width)) {
    const x = at(screenX(view, day));
    out.push(`<line x1="${x}" x2="${x}" y1="18" y2="${height}" stroke="#e6dfcc"/><text x="${x}" y="12" fill="#4a584b" text-anchor="middle">${clean(words.day(day))}</text>`);
  }
  for (const one of all) {
    const [x1, y1, x2, y2] = [screenX(view, one.x1), screenY(view, one.y1), screenX(view, one.x2), screenY(view, one.y2)];
    if (Math.max(x1, x2) < 0 || Math.min(x1, x2) > width || Math.max(y1, y2) < 0 || Math.min(y1, y2) > height) continue;
    const { colour, width: thick, dashed } = strokeOf(graph, one);
    out.push(`<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" stroke="${hex(colour)}" stroke-width="${thick}"${dashed ? ' stroke-dasharray="6 4"' : ""}/>`);
  }
  const drawn = shown(of, view, width, height);
  for (const n of drawn) {
    const x = screenX(view, of.x[n]!);
    const y = screenY(view, of.y[n]!);
    out.push(mark(shapeOf(graph, n), x, y, sizeOf(graph, n, view.perRow), hex(colourOf(graph, n))));
    const name = nameOf(graph, of, n);
    if (view.perRow >= namesFrom && name) out.push(`<text x="${at(x + 9)}" y="${at(y + 4)}" fill="#1b2a21">${clean(name)}</text>`);
  }
  out.push("</g>");
  const square = words.outside && drawn.some((n) => isOutside(graph, n)) ? ` · ■ ${words.outside}` : "";
  if (words.mark) out.push(`<text x="6" y="${height + 17}" fill="#4a584b">${clean(`${words.title} · ${words.mark}${square}`)}</text>`);
  out.push("</svg>");
  return out.join("");
}

/** The number or name, and how many are folded away below. */
export const nameOf = (graph: GraphData, of: Layout, n: number) => [graph.nodes.label[n], of.folded[n] ? `+${of.folded[n]}` : ""].filter(Boolean).join(" ");

/** Those whose point lies on the screen. */
export function shown(of: Layout, view: View, width: number, height: number): number[] {
  const first = Math.max(0, Math.floor(view.top - 12 / view.perRow));
  const last = Math.min(of.rows.length - 1, Math.ceil(view.top + (height + 12) / view.perRow));
  const out: number[] = [];
  for (let row = first; row <= last; row++) {
    const n = of.rows[row]!;
    const x = screenX(view, of.x[n]!);
    if (x > -12 && x < width + 12) out.push(n);
  }
  return out;
}
