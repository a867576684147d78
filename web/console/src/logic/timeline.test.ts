import { describe, expect, test } from "vitest";

import type { Evidence } from "../api/types";
import { density, extent, lanes, merge, pack, pan, ticks, zoom, type Bar } from "./timeline";

const at = (clock: string) => Date.parse(`2026-11-18T${clock}:00+07:00`);
const visit = (place: string, from: string, to: string, more: Partial<Evidence> = {}): Evidence => ({
  kind: "visit",
  with: { id: "case", name: "Lành", level: 0 },
  place: { id: place, name: place, kind: "market" },
  from: new Date(at(from)).toISOString(),
  to: new Date(at(to)).toISOString(),
  minutes: (at(to) - at(from)) / 60_000,
  estimated: false,
  named: false,
  doubts: [],
  doubtsOfOther: [],
  origins: [],
  risk: 300,
  ...more,
});
const bar = (exposure: string, from: string, to: string): Bar => ({ exposure, from: at(from), to: at(to), level: 1, estimated: false, doubts: [], row: -1 });

describe("lanes", () => {
  test("one per place and zone, in order of their first evidence; encounters have their own", () => {
    const found = lanes([
      { id: "a", level: 1, evidence: [visit("market", "09:00", "10:00"), visit("school", "07:00", "08:00", { zone: "6A" })] },
      { id: "b", level: 1, evidence: [visit("school", "07:30", "08:00", { zone: "6B" })] },
      { id: "c", level: 2, evidence: [{ ...visit("x", "12:00", "12:20"), kind: "encounter", place: undefined, with: { id: "a", name: "Minh", level: 1 } }] },
    ]);
    expect(found.map((lane) => [lane.place?.id ?? lane.kind, lane.zone])).toEqual([
      ["school", "6A"],
      ["school", "6B"],
      ["market", undefined],
      ["encounter", undefined],
    ]);
  });

  test("a bar says what speaks against either visit, once", () => {
    const [lane] = lanes([{ id: "a", level: 1, evidence: [visit("market", "09:00", "10:00", { doubts: ["tooFast"], doubtsOfOther: ["tooFast", "closedHours"] })] }]);
    expect(lane?.bars[0]?.doubts).toEqual(["tooFast", "closedHours"]);
  });

  test("the case's presence is the union of what it shared; links with contacts do not count", () => {
    const [lane] = lanes([
      { id: "a", level: 1, evidence: [visit("market", "09:00", "10:00")] },
      { id: "b", level: 1, evidence: [visit("market", "09:30", "11:00")] },
      { id: "c", level: 2, evidence: [visit("market", "14:00", "15:00", { with: { id: "a", name: "Minh", level: 1 } })] },
    ]);
    expect(lane?.presence).toEqual([{ from: at("09:00"), to: at("11:00") }]);
  });

  test("a crowd becomes a curve", () => {
    const crowd = Array.from({ length: 40 }, (_, i) => ({ id: `p${i}`, level: 1, evidence: [visit("market", "09:00", "10:00")] }));
    expect(lanes(crowd)[0]?.density).toEqual([{ from: at("09:00"), to: at("10:00"), count: 40 }]);
  });
});

test("bars that touch share a row, bars that overlap do not", () => {
  const bars = [bar("b", "10:00", "11:00"), bar("a", "09:00", "10:00"), bar("c", "09:30", "10:30")];
  expect(pack(bars)).toBe(2);
  expect(bars.map((one) => [one.exposure, one.row])).toEqual([
    ["a", 0],
    ["c", 1],
    ["b", 0],
  ]);
});

test("merge joins what overlaps or touches and leaves its input alone", () => {
  const spans = [
    { from: 5, to: 8 },
    { from: 1, to: 3 },
    { from: 3, to: 4 },
  ];
  expect(merge(spans)).toEqual([
    { from: 1, to: 4 },
    { from: 5, to: 8 },
  ]);
  expect(spans[1]).toEqual({ from: 1, to: 3 });
});

test("density counts at each moment", () => {
  expect(
    density([
      { from: 0, to: 10 },
      { from: 5, to: 15 },
      { from: 20, to: 30 },
    ]),
  ).toEqual([
    { from: 0, to: 5, count: 1 },
    { from: 5, to: 10, count: 2 },
    { from: 10, to: 15, count: 1 },
    { from: 15, to: 20, count: 0 },
    { from: 20, to: 30, count: 1 },
  ]);
});

test("ticks fall on round local times and mark local midnight", () => {
  const hours = ticks({ from: at("00:00"), to: at("06:00") }, 600);
  expect(hours.map((tick) => tick.at)).toEqual(["00:00", "01:00", "02:00", "03:00", "04:00", "05:00", "06:00"].map(at));
  expect(hours.map((tick) => tick.midnight)).toEqual([true, false, false, false, false, false, false]);
  const days = ticks({ from: at("00:00"), to: at("00:00") + 5 * 86_400_000 }, 500);
  expect(days.length).toBe(6);
  expect(days.every((tick) => tick.midnight)).toBe(true);
});

test("the first view holds the window and all evidence", () => {
  const found = lanes([{ id: "a", level: 1, evidence: [visit("market", "09:00", "10:00")] }]);
  const view = extent({ from: at("06:00"), to: at("09:30") }, found);
  expect(view.from).toBeLessThan(at("06:00"));
  expect(view.to).toBeGreaterThan(at("10:00"));
});

test("zooming keeps the moment under the pointer and stays within limits", () => {
  const limits = { from: at("00:00"), to: at("20:00") };
  const closer = zoom(limits, 0.5, at("05:00"), limits);
  expect(closer).toEqual({ from: at("02:30"), to: at("12:30") });
  expect(zoom(closer, 100, at("05:00"), limits)).toEqual(limits);
  expect(pan(closer, -86_400_000, limits)).toEqual({ from: at("00:00"), to: at("10:00") });
});
