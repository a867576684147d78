import { beforeEach, expect, test } from "vitest";

import type { FollowUpVisit } from "../api/types";
import type { Seal, Sealed, Shelf } from "./outbox";
import { answered, Rounds, shift } from "./rounds";

let rows: Map<string, Sealed>;
let clock: number;
let waits: { milliseconds: number; then: () => void; stopped: boolean }[];

const shelf: Shelf = {
  all: async () => [...rows.entries()].map(([key, sealed]) => ({ key, sealed })),
  put: async (key, sealed) => void rows.set(key, sealed),
  remove: async (key) => void rows.delete(key),
};
const turned = (text: string) => [...text].reverse().join("");
const seal: Seal = {
  seal: async (text) => ({ iv: new Uint8Array(12), text: new TextEncoder().encode(turned(text)).buffer as ArrayBuffer }),
  open: async ({ text }) => turned(new TextDecoder().decode(text)),
};
const made = () =>
  new Rounds({
    shelf,
    seal,
    now: () => clock,
    wait: (milliseconds, then) => {
      const one = { milliseconds, then, stopped: false };
      waits.push(one);
      return () => void (one.stopped = true);
    },
  });
const visit = (id: string): FollowUpVisit => ({
  id,
  name: "Nguyễn Thị An",
  birthYear: 1980,
  sex: "female",
  unitName: "Phường Đông Hà",
  address: "12 Lê Lợi",
  phones: ["+84912345678"],
  firstDay: "2026-03-01",
  lastDay: "2026-03-03",
  days: [
    { date: "2026-03-01", state: "missed" },
    { date: "2026-03-02", state: "due" },
    { date: "2026-03-03", state: "later" },
  ],
  signs: [{ id: "fever", text: { vi: "Sốt", en: "Fever" } }],
});
const today = (one: FollowUpVisit | undefined) => one?.days[1]?.state;

beforeEach(() => {
  rows = new Map();
  waits = [];
  clock = Date.parse("2026-03-02T01:00:00Z");
});

test("what was taken along is there after the page was loaded anew, and nobody reads it on the device", async () => {
  await made().take("a", [visit("1"), visit("2")]);
  expect(new TextDecoder().decode(rows.get("round")?.text)).not.toContain("Lê Lợi");
  const again = made();
  expect(again.snapshot()).toBeUndefined();
  await again.open();
  expect(again.snapshot()?.visits.map(({ id }) => id)).toEqual(["1", "2"]);
});

test("it goes by itself when the shift is over", async () => {
  const one = made();
  await one.take("a", [visit("1")]);
  const timer = waits.at(-1);
  expect(timer?.milliseconds).toBe(shift);
  clock += shift;
  timer?.then();
  expect(one.snapshot()).toBeUndefined();
  await one.open();
  expect(rows.size).toBe(0);
});

test("on a device that slept it is gone when it is opened next", async () => {
  await made().take("a", [visit("1")]);
  clock += shift - 1;
  const before = made();
  await before.open();
  expect(before.snapshot()).toBeDefined();
  clock += 1;
  const after = made();
  await after.open();
  expect(after.snapshot()).toBeUndefined();
  expect(rows.size).toBe(0);
});

test("a clock that was turned back does not make it last", async () => {
  await made().take("a", [visit("1")]);
  clock -= 3_600_000;
  const one = made();
  await one.open();
  expect(one.snapshot()).toBeUndefined();
  expect(rows.size).toBe(0);
});

test("forgotten while it is being written it stays forgotten", async () => {
  const one = made();
  const taking = one.take("a", [visit("1")]);
  const going = one.forget();
  await Promise.all([taking, going]);
  expect(one.snapshot()).toBeUndefined();
  expect(rows.size).toBe(0);
  expect(waits.every(({ stopped }) => stopped)).toBe(true);
});

test("another officer does not find it", async () => {
  await made().take("a", [visit("1")]);
  const same = made();
  await same.serve("a");
  expect(same.snapshot()).toBeDefined();
  const other = made();
  await other.serve("b");
  expect(other.snapshot()).toBeUndefined();
  expect(rows.size).toBe(0);
});

test("what cannot be opened any more is removed", async () => {
  rows.set("round", { iv: new Uint8Array(12), text: new ArrayBuffer(0) });
  const one = new Rounds({ shelf, seal: { ...seal, open: () => Promise.reject(new Error("another key")) }, now: () => clock });
  await one.open();
  expect(one.snapshot()).toBeUndefined();
  expect(rows.size).toBe(0);
});

test("an answer is shown on the day, stays, and a weaker one changes nothing", async () => {
  const one = made();
  await one.take("a", [visit("1"), visit("2")]);
  await one.answer("1", "notReached");
  expect(today(one.snapshot()?.visits[0])).toBe("notReached");
  await one.answer("1", "symptoms");
  await one.answer("1", "none");
  expect(today(one.snapshot()?.visits[0])).toBe("symptoms");
  expect(today(one.snapshot()?.visits[1])).toBe("due");
  const again = made();
  await again.open();
  expect(today(again.snapshot()?.visits[0])).toBe("symptoms");
  expect(answered(visit("1"), "none", "2026-03-09").days).toEqual(visit("1").days);
});

test("what another tab has ended or replaced is not written back by this one", async () => {
  const one = made();
  const other = made();
  await one.take("a", [visit("1")]);
  await other.open();
  await one.take("a", [visit("2")]);
  await other.answer("2", "none");
  expect(other.snapshot()?.visits.map(({ id }) => id)).toEqual(["2"]);
  expect(today(other.snapshot()?.visits[0])).toBe("none");
  await one.forget();
  await other.answer("2", "symptoms");
  expect(other.snapshot()).toBeUndefined();
  expect(rows.size).toBe(0);
});

test("an answer after the end brings nothing back", async () => {
  const one = made();
  await one.take("a", [visit("1")]);
  await one.forget();
  await one.answer("1", "none");
  expect(rows.size).toBe(0);
});
