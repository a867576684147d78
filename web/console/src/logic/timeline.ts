// The evidence time line, without drawing: exposures become lanes (one per place and zone, one for encounters between devices) with bars
// packed into rows; crowded lanes become a curve of how many are present. Times are milliseconds; days begin at midnight, +07:00.
import type { Evidence } from "../api/types";

export interface Exposure {
  id: string;
  level: number;
  evidence: readonly Evidence[];
}

export interface Span {
  from: number;
  to: number;
}

export interface Bar extends Span {
  exposure: string;
  level: number;
  estimated: boolean;
  /** What speaks against the one or the other visit. */
  doubts: Evidence["doubts"];
  row: number;
}

export interface Step extends Span {
  count: number;
}

export interface Lane {
  key: string;
  /** Absent: encounters between devices, or contacts without a place. */
  place?: { id: string; name: string; kind: string };
  zone?: string;
  kind: Evidence["kind"];
  bars: Bar[];
  rows: number;
  /** When the case itself was there, as far as the evidence shows. */
  presence: Span[];
  /** Set when the lane has more rows than can be read. */
  density?: Step[];
}

export const mostRows = 12;

function laneKey(evidence: Evidence): string {
  return evidence.place ? `place ${evidence.place.id} ${evidence.zone ?? ""}` : evidence.kind;
}

export function lanes(exposures: readonly Exposure[], rowsShown = mostRows): Lane[] {
  const found = new Map<string, Lane>();
  for (const exposure of exposures) {
    for (const evidence of exposure.evidence) {
      const key = laneKey(evidence);
      let lane = found.get(key);
      if (!lane) {
        lane = { key, kind: evidence.kind, bars: [], rows: 0, presence: [] };
        if (evidence.place) lane.place = evidence.place;
        if (evidence.zone) lane.zone = evidence.zone;
        found.set(key, lane);
      }
      const [from, to] = [Date.parse(evidence.from), Date.parse(evidence.to)];
      const doubts = [...new Set([...evidence.doubts, ...evidence.doubtsOfOther])];
      lane.bars.push({ exposure: exposure.id, level: exposure.level, estimated: evidence.estimated, doubts, from, to, row: 0 });
      if (evidence.with.level === 0) lane.presence.push({ from, to });
    }
  }
  for (const lane of found.values()) {
    lane.rows = pack(lane.bars);
    lane.presence = merge(lane.presence);
    if (lane.rows > rowsShown) lane.density = density(lane.bars);
  }
  return [...found.values()].sort((a, b) => earliest(a) - earliest(b) || a.key.localeCompare(b.key));
}

const earliest = (lane: Lane) => lane.bars.reduce((least, bar) => Math.min(least, bar.from), Infinity);

/** Gives each bar the first row that is free when it starts; answers how many rows there are. Leaves the bars sorted by start. */
export function pack(bars: Bar[]): number {
  bars.sort((a, b) => a.from - b.from || a.to - b.to || (a.exposure < b.exposure ? -1 : 1));
  const ends: number[] = [];
  for (const bar of bars) {
    let row = ends.findIndex((end) => end <= bar.from);
    if (row < 0) row = ends.length;
    ends[row] = bar.to;
    bar.row = row;
  }
  return ends.length;
}

/** The union of spans: sorted, without overlaps or touching neighbours. */
export function merge(spans: readonly Span[]): Span[] {
  const union: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = union.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else union.push({ ...span });
  }
  return union;
}

/** How many spans hold at each moment, as steps from the first start to the last end. */
export function density(spans: readonly Span[]): Step[] {
  const changes = new Map<number, number>();
  const change = (at: number, by: number) => changes.set(at, (changes.get(at) ?? 0) + by);
  for (const span of spans) {
    change(span.from, 1);
    change(span.to, -1);
  }
  const moments = [...changes.keys()].sort((a, b) => a - b);
  const steps: Step[] = [];
  let count = 0;
  moments.forEach((from, i) => {
    count += changes.get(from) ?? 0;
    const to = moments[i + 1];
    if (to === undefined) return;
    const last = steps.at(-1);
    if (last && last.count === count) last.to = to;
    else steps.push({ from, to, count });
  });
  return steps;
}

const minute = 60_000;
const hour = 60 * minute;
const dayLength = 24 * hour;
const offset = 7 * hour;
const tickLengths = [5 * minute, 15 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour, dayLength, 2 * dayLength, 7 * dayLength];

export interface Tick {
  at: number;
  /** At local midnight: labelled with the day. */
  midnight: boolean;
}

/** Round local times inside the view, at least `apart` pixels from each other. */
export function ticks(view: Span, width: number, apart = 84): Tick[] {
  const perPixel = (view.to - view.from) / Math.max(width, 1);
  const step = tickLengths.find((length) => length / perPixel >= apart) ?? 28 * dayLength;
  const first = Math.ceil((view.from + offset) / step) * step - offset;
  const found: Tick[] = [];
  for (let at = first; at <= view.to; at += step) found.push({ at, midnight: (at + offset) % dayLength === 0 });
  return found;
}

/** What the time line shows at first: the infectious window and all evidence, with a little air. */
export function extent(window: Span | undefined, laneList: readonly Lane[]): Span {
  const bars = laneList.flatMap((lane) => lane.bars);
  const from = bars.reduce((least, bar) => Math.min(least, bar.from), window?.from ?? Infinity);
  const to = bars.reduce((most, bar) => Math.max(most, bar.to), window?.to ?? -Infinity);
  if (!(from < to)) return { from: Date.now() - dayLength, to: Date.now() };
  const air = Math.max((to - from) * 0.02, 10 * minute);
  return { from: from - air, to: to + air };
}

const closest = 20 * minute;

/** The view after zooming by `factor` (below 1: closer) around a moment, kept inside the limits. */
export function zoom(view: Span, factor: number, around: number, limits: Span): Span {
  const length = Math.min(Math.max((view.to - view.from) * factor, closest), limits.to - limits.from);
  const share = (around - view.from) / (view.to - view.from);
  return inside({ from: around - length * share, to: around + length * (1 - share) }, limits);
}

export function pan(view: Span, by: number, limits: Span): Span {
  return inside({ from: view.from + by, to: view.to + by }, limits);
}

function inside(view: Span, limits: Span): Span {
  const length = view.to - view.from;
  const from = Math.min(Math.max(view.from, limits.from), Math.max(limits.to - length, limits.from));
  return { from, to: from + length };
}
