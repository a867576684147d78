import { ApiError, Unreachable } from "@luytre/shared/api";
import { beforeEach, expect, test } from "vitest";

import { Outbox, type Entry, type Seal, type Sealed, type Shelf } from "./outbox";

let rows: Map<string, Sealed>;
let sent: Entry<string>[];
let answer: (body: string) => Promise<unknown>;
let waits: (() => void)[];
let clock: number;

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
const box = () =>
  new Outbox<string>({
    shelf,
    seal,
    send: async (entry) => {
      sent.push(entry);
      await answer(entry.body);
    },
    now: () => clock++,
    random: () => "r",
    wait: (_, then) => void waits.push(then),
  });
const fine = () => Promise.resolve();
const unreachable = () => Promise.reject(new Unreachable());
const refusal = (status: number, code: string) => () => Promise.reject(new ApiError({ type: "about:blank", title: code, status, code }));

beforeEach(() => {
  rows = new Map();
  sent = [];
  answer = fine;
  waits = [];
  clock = 1;
});

test("is sent at once and forgotten when answered", async () => {
  const one = box();
  await one.serve("a");
  await one.add("case", "first");
  await one.flush();
  expect(sent.map(({ body }) => body)).toEqual(["first"]);
  expect(rows.size).toBe(0);
});

test("what cannot be opened any more holds up nothing else", async () => {
  rows.set("0", { iv: new Uint8Array(12), text: new ArrayBuffer(0) });
  const opened = seal.open;
  seal.open = (sealed) => (sealed.text.byteLength === 0 ? Promise.reject(new Error("another key")) : opened(sealed));
  const one = box();
  await one.serve("a");
  await one.add("case", "first");
  await one.flush();
  seal.open = opened;
  expect(sent.map(({ body }) => body)).toEqual(["first"]);
  expect([...rows.keys()]).toEqual(["0"]);
});

test("without a network it waits, and goes later with the same key", async () => {
  answer = unreachable;
  const one = box();
  await one.serve("a");
  await one.add("case", "first");
  await one.add("case", "second");
  await one.flush();
  expect(one.snapshot().map(({ body }) => body)).toEqual(["first", "second"]);
  answer = fine;
  waits.shift()!();
  await one.flush();
  expect(rows.size).toBe(0);
  expect(sent.at(-2)).toMatchObject({ body: "first", key: sent[0]!.key });
  expect(sent.at(-1)).toMatchObject({ body: "second" });
});

test("what is gone on with is sent once, and let go of only when the device has what contains it", async () => {
  answer = unreachable;
  const one = box();
  await one.serve("a");
  await one.add("case", "first");
  await one.flush();
  const [first] = one.snapshot();
  const { put } = shelf;
  shelf.put = () => Promise.reject(new Error("full"));
  await expect(one.add("case", "first and more", first!.key)).rejects.toThrow("full");
  shelf.put = put;
  expect(one.snapshot().map(({ body }) => body)).toEqual(["first"]);
  sent = [];
  answer = fine;
  await one.add("case", "first and more", first!.key);
  await one.flush();
  expect(sent.map(({ body }) => body)).toEqual(["first and more"]);
  expect(rows.size).toBe(0);
});

test("what is kept cannot be read as it lies there", async () => {
  answer = unreachable;
  const one = box();
  await one.serve("a");
  await one.add("case", "Nguyễn Văn An");
  await one.flush();
  for (const { text } of rows.values()) expect(new TextDecoder().decode(text)).not.toContain("Nguyễn");
});

test("a refusal is final and stays until it is removed; others go on", async () => {
  const invalid = refusal(422, "invalid");
  answer = (body) => (body === "wrong" ? invalid() : fine());
  const one = box();
  await one.serve("a");
  await one.add("case", "wrong");
  await one.add("case", "right");
  await one.flush();
  expect(one.snapshot()).toHaveLength(1);
  expect(one.snapshot()[0]!.refused?.code).toBe("invalid");
  await one.flush();
  expect(sent.filter(({ body }) => body === "wrong")).toHaveLength(1);
  await one.remove(one.snapshot()[0]!.key);
  expect(rows.size).toBe(0);
});

test("signed out, it waits for its own officer", async () => {
  answer = refusal(401, "unauthenticated");
  const one = box();
  await one.serve("a");
  await one.add("case", "first");
  await one.flush();
  answer = fine;
  const before = sent.length;
  await one.serve("b");
  await one.flush();
  expect(one.snapshot()).toEqual([]);
  expect(sent).toHaveLength(before);
  await one.serve("a");
  await one.flush();
  expect(sent).toHaveLength(before + 1);
  expect(rows.size).toBe(0);
});
