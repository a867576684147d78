// The dates of a case on one ruler: marks in order, each with a row for its label so that labels do not run into each other.
import type { Case } from "../api/types";

export type MarkName = "onset" | "sample" | "result" | "isolated" | "now";

export interface Mark {
  name: MarkName;
  at: number;
  /** 0 is nearest to the ruler. */
  row: number;
}

export interface Ruler {
  from: number;
  to: number;
  window?: { from: number; to: number; open: boolean };
  marks: Mark[];
}

const dayLength = 86_400_000;
/** A local day given by people stands on the ruler at its midnight. */
const localMidnight = (date: string) => Date.parse(`${date}T00:00:00+07:00`);

type Dated = Pick<Case, "onset" | "sampleAt" | "resultAt" | "isolatedAt" | "windowFrom" | "windowTo">;

/** Undefined while no date is known. `labelShare`: how much of the ruler's length one label takes. */
export function dateRuler(dated: Dated, now: number, labelShare = 0.17): Ruler | undefined {
  const known: [MarkName, number | undefined][] = [
    ["onset", dated.onset ? localMidnight(dated.onset) : undefined],
    ["sample", dated.sampleAt ? Date.parse(dated.sampleAt) : undefined],
    ["result", dated.resultAt ? Date.parse(dated.resultAt) : undefined],
    ["isolated", dated.isolatedAt ? Date.parse(dated.isolatedAt) : undefined],
  ];
  const marks = known.flatMap(([name, at]) => (at === undefined ? [] : [{ name, at, row: 0 }]));
  if (marks.length === 0) return undefined;
  const end = Date.parse(dated.windowTo ?? dated.isolatedAt ?? "");
  const open = !(end <= now);
  // A case that is not isolated is infectious until now, and so is the ruler; some rule sets name a last day, which may lie ahead.
  if (open && dated.windowFrom) marks.push({ name: "now", at: now, row: 0 });
  const window = dated.windowFrom
    ? { from: Date.parse(dated.windowFrom), to: open ? now : end, open }
    : undefined;
  const moments = [...marks.map((mark) => mark.at), ...(window ? [window.from, window.to] : [])];
  const [least, most] = [Math.min(...moments), Math.max(...moments)];
  const air = Math.max((most - least) * 0.06, dayLength / 4);
  const ruler: Ruler = { from: least - air, to: most + air, marks: marks.sort((a, b) => a.at - b.at), ...(window ? { window } : {}) };
  const length = (ruler.to - ruler.from) * labelShare;
  const ends: number[] = [];
  for (const mark of ruler.marks) {
    const free = ends.findIndex((end) => end <= mark.at);
    mark.row = free < 0 ? ends.length : free;
    ends[mark.row] = mark.at + length;
  }
  return ruler;
}
