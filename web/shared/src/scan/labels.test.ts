// Labels of tubes, as they are printed, read with the options of the pages that look for tubes.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { prepareZXingModule as prepareReader, readBarcodes } from "zxing-wasm/reader";
import { prepareZXingModule as prepareWriter, writeBarcode, type WriteInputBarcodeFormat } from "zxing-wasm/writer";
import { describe, expect, test } from "vitest";

import { dice, pictured, type Camera } from "./cheapCamera";
import { aimedAt, readingOf, sideOf, timesOf } from "./reading";
import { Sight } from "./sight";

const wasm = (name: string) => ({
  overrides: { wasmBinary: new Uint8Array(readFileSync(createRequire(import.meta.url).resolve(name))).buffer },
});
prepareReader(wasm("zxing-wasm/reader/zxing_reader.wasm"));
prepareWriter(wasm("zxing-wasm/writer/zxing_writer.wasm"));

interface Label {
  text: string;
  format: WriteInputBarcodeFormat;
  /** Of a tube that stands. */
  upright?: boolean;
  /** Of a picture of 640 × 640: where the middle is, and pixels a module. */
  at?: readonly [number, number];
  scale?: number;
}

const [length, quiet, tall] = [640, 10, 50];
const [grey, white, black] = [0xff9a9a9a, 0xffffffff, 0xff000000];

/** Rows of modules, without a quiet zone; one row, of bars. */
async function modulesOf({ text, format }: Label): Promise<string[]> {
  const { width, height, data } = (await writeBarcode(text, { format })).symbol;
  const row = (y: number) => Array.from(data.subarray(y * width, (y + 1) * width), (value) => (value ? "." : "#")).join("");
  const rows = Array.from({ length: height }, (_, y) => row(y));
  return new Set(rows).size === 1 ? rows.slice(0, 1) : rows;
}

/** Labels on grey, as they lie on a table. */
async function picture(...labels: Label[]): Promise<ImageData> {
  const pixels = new Uint32Array(length * length).fill(grey);
  for (const label of labels) {
    const rows = await modulesOf(label);
    const scale = label.scale ?? 2;
    const [x, y] = label.at ?? [length / 2, length / 2];
    const wide = (rows[0]!.length + 2 * quiet) * scale;
    const high = rows.length === 1 ? tall : (rows.length + 2 * quiet) * scale;
    for (let down = 0; down < high; ++down)
      for (let along = 0; along < wide; ++along) {
        const row = rows.length === 1 ? rows[0] : rows[Math.floor(down / scale) - quiet];
        const colour = row?.[Math.floor(along / scale) - quiet] === "#" ? black : white;
        const [u, v] = [along - Math.floor(wide / 2), down - Math.floor(high / 2)];
        const [px, py] = label.upright ? [x - v, y + u] : [x + u, y + v];
        pixels[py * length + px] = colour;
      }
  }
  return { data: new Uint8ClampedArray(pixels.buffer), width: length, height: length, colorSpace: "srgb" } as ImageData;
}

const person = `LTP.${"7K2F".repeat(34)}`;
const tubes: Label[] = [
  { text: "QT-26-004517", format: "Code128" },
  { text: "QT/A.4517", format: "Code39" },
  { text: "QT-26-004517", format: "DataMatrix", scale: 4 },
  { text: "8938505974194", format: "EAN13" },
  { text: "96385074", format: "EAN8" },
  { text: "0045170026", format: "ITF" },
];

async function read(image: ImageData, careful: boolean, wanted: "codes" | "labels" = "labels") {
  return aimedAt(await readBarcodes(image, readingOf(wanted, careful)), image);
}

describe.each(tubes)("a tube's label in $format", (label) => {
  test("is read, fast and with care", async () => {
    const image = await picture(label);
    expect(await read(image, false)).toBe(label.text);
    expect(await read(image, true)).toBe(label.text);
  });

  test("is read on a tube that is held upright", async () => {
    expect(await read(await picture({ ...label, upright: true }), true)).toBe(label.text);
  });

  test("does not mislead the pages that look for people and places", async () => {
    const image = await picture(label);
    expect(await read(image, false, "codes")).toBeUndefined();
    expect(await read(image, true, "codes")).toBeUndefined();
  });
});

test("a person's code is read by the same camera", async () => {
  for (const careful of [false, true]) expect(await read(await picture({ text: person, format: "QRCode", scale: 5 }), careful)).toBe(person);
});

test("of several the one nearest to the middle is meant", async () => {
  const other: Label = { text: "QT-26-004518", format: "Code128" };
  const own = tubes[0]!;
  for (const careful of [false, true]) {
    expect(await read(await picture({ ...other, at: [320, 120] }, { ...own, at: [320, 340] }), careful)).toBe(own.text);
    expect(await read(await picture({ ...other, at: [320, 300] }, { ...own, at: [320, 540] }), careful)).toBe(other.text);
  }
  expect(aimedAt([], { width: length, height: length })).toBeUndefined();
});

test("a label has to be read twice, a code once", () => {
  const label = new Sight(timesOf("labels"));
  expect(label.tells("QT-1", 0)).toBe(false);
  expect(label.tells(undefined, 100)).toBe(false);
  expect(label.tells("QT-7", 200)).toBe(false);
  expect(label.tells("QT-1", 300)).toBe(false);
  expect(label.tells("QT-1", 400)).toBe(true);
  expect(label.tells("QT-1", 500)).toBe(false);
  expect(new Sight(timesOf("codes")).tells("LTP.A", 0)).toBe(true);
});

test("other pages read the square that they always read", () => {
  expect([480, 720, 1080].map((seen) => sideOf("codes", seen))).toEqual([640, 640, 640]);
  expect([480, 720, 1080, 2160].map((seen) => sideOf("labels", seen))).toEqual([640, 720, 1080, 1080]);
});

// Through a phone's camera, as range.test.ts does for our own codes; of bars 40 mm wide and a matrix of 10 mm.
const phone: Camera = { width: 1920, height: 1080, focuses: true };
const webcam: Camera = { width: 1280, height: 720, focuses: true };
const [draws, enough] = [10, 9];

/** Bars become as many rows as there are columns, of which the middle third is printed. */
async function shown(label: Label, millimetres: number) {
  const modules = await modulesOf(label);
  const width = modules[0]!.length;
  const wide = width + 2 * quiet;
  const margin = ".".repeat(quiet);
  const lines = modules.length > 1 ? modules : Array.from({ length: Math.round(wide / 3) }, () => modules[0]!);
  const above = Math.floor((wide - lines.length) / 2);
  const rows = Array.from({ length: wide }, (_, y) => (lines[y - above] === undefined ? ".".repeat(wide) : margin + lines[y - above]! + margin));
  return { rows, millimetres: (millimetres * wide) / width };
}

test.each([
  ["Code128", phone, 40, 100],
  ["Code39", phone, 40, 100],
  ["DataMatrix", phone, 10, 100],
  ["Code128", webcam, 40, 90],
] as const)("%s is read through a camera, and nothing else is read instead", { timeout: 120_000 }, async (format, camera, millimetres, distance) => {
  const label = tubes.find((one) => one.format === format)!;
  const code = await shown(label, millimetres);
  let found = 0;
  for (let draw = 0; draw < draws; ++draw) {
    const image = pictured(camera, code, distance, dice(distance * 100 + draw), "labels");
    const text = await read(image, true);
    expect([undefined, label.text]).toContain(text);
    if (text) ++found;
  }
  expect(found).toBeGreaterThanOrEqual(enough);
});
