// From how far our codes are read: what the product makes (tests/samples/codes.json, which the C++ tests compare with the code),
// at the sizes at which it is shown, through a cheap camera (cheapCamera.ts), by the reader of the pages with their own options.
// The draws are fixed; a picture is one try, and the pages make some ten a second.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { describe, expect, test } from "vitest";

import codes from "../../../../tests/samples/codes.json";
import { dice, pictured, type Camera, type Shown } from "./cheapCamera";
import { thorough } from "./reading";

prepareZXingModule({
  overrides: {
    wasmBinary: new Uint8Array(readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm")))
      .buffer,
  },
});

const draws = 20;
const enough = 19; // 95 %
const phone: Camera = { width: 1280, height: 720 }; // what the pages ask for, and the cheapest phones give
const webcam: Camera = { width: 640, height: 480 };

// Without the quiet zone. A phone 62 mm wide with 360 × 560 CSS pixels to show pages in: MyCode.module.css makes 54 mm with the
// quiet zone of it. The card: modules/cards/print.h; the poster: modules/places/poster.h.
const shown = {
  person: { ...codes.person, millimetres: (54 * 41) / 49 },
  card: { ...codes.card, millimetres: 38 },
  place: { ...codes.place, millimetres: 150 },
};

/** How many of the draws are read; stops when `enough` cannot be reached any more. */
async function read(camera: Camera, code: Shown & { text: string }, millimetres: number): Promise<number> {
  let found = 0;
  for (let draw = 0; draw < draws && draw - found <= draws - enough; ++draw) {
    const picture = pictured(camera, code, millimetres, dice(millimetres * 100 + draw));
    const [first] = await readBarcodes(picture, thorough);
    if (first?.isValid && first.text === code.text) ++found;
  }
  return found;
}

/** The farthest that is read, by steps of 25 mm, and of 100 beyond a metre; 0: not even at `from`. */
async function farthest(camera: Camera, code: Shown & { text: string }, from: number): Promise<number> {
  let last = 0;
  for (let at = from; (await read(camera, code, at)) >= enough; at += at < 1000 ? 25 : 100) last = at;
  return last;
}

describe.each(["person", "card", "place"] as const)("the code of a %s", (what) => {
  test("is read by the cheapest phone at 30 cm, every time", { timeout: 60_000 }, async () => {
    expect(await read(phone, shown[what], 300)).toBe(draws);
  });
});

// What engines/linkage/README.md says.
test.each([
  ["person", "phone", phone, 450],
  ["card", "phone", phone, 350],
  ["place", "phone", phone, 1100],
  ["person", "webcam", webcam, 225],
  ["card", "webcam", webcam, 150],
  ["place", "webcam", webcam, 650],
] as const)("a %s's code is read by a %s from as far as we say", { timeout: 60_000 }, async (what, name, camera, said) => {
  const reach = await farthest(camera, shown[what], said);
  console.log(`${what}, ${name}: ${reach / 10} cm`);
  expect(reach).toBeGreaterThanOrEqual(said);
});
