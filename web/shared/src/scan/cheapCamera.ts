// For tests: what a cheap camera makes of a QR code that somebody holds up. Pinhole, in millimetres and pixels of the
// sensor; every random number comes from the seed.
//
//   view      62° across the width: webcams and the cheapest phones have 60–70°, and wider sees less of a code
//   blur      lens and colour filter 0.6 pixels (standard deviation); out of focus as a thin lens fixed at 60 cm with an
//             aperture of 1.1 mm blurs (f 3 mm at f/2.8): a quarter of the disc's diameter; the pixel's own square
//   hands     shaken by up to one pixel while the picture is taken; turned by up to 10°, tilted by up to 12° about both
//             axes, up to 10 mm off the middle
//   light     white is 200 of 255 and black 40, less on one side by up to a third; noise of 5 (standard deviation)
//   packing   JPEG's quantisation of luma at quality 60, as webcams send it
//
// Then the page's own steps (useCamera.ts): the middle square of the picture, bilinear to the side that is read.

import { sideOf, type Wanted } from "./reading";

export interface Camera {
  width: number;
  height: number;
  /** Focuses by itself; else it is fixed. */
  focuses?: boolean;
}

/** A code as it is shown: dark modules, and how wide it is in millimetres without its quiet zone. */
export interface Shown {
  rows: readonly string[];
  millimetres: number;
}

const view = (62 * Math.PI) / 180;
const lens = 0.6; // pixels
const focus = 600; // mm
const aperture = 1.1; // mm
const shake = 1; // pixels
const roll = (10 * Math.PI) / 180;
const tilt = (12 * Math.PI) / 180;
const off = 10; // mm
const [white, black, around, unevenness, noise] = [200, 40, 120, 1 / 3, 5];
const quiet = 4; // modules
const rays = 24; // of a pixel, by which it is blurred

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const normal = (throwDice: () => number) =>
  Math.sqrt(-2 * Math.log(1 - throwDice())) * Math.cos(2 * Math.PI * throwDice());

// ITU-T T.81 table K.1, in rows.
const luma = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87,
  80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92,
  95, 98, 112, 100, 103, 99,
];
const quality = 60;
const steps = luma.map((step) => Math.max(1, Math.floor((step * (200 - 2 * quality) + 50) / 100)));
const waves = Float64Array.from({ length: 64 }, (_, i) => {
  const [k, x] = [i >> 3, i & 7];
  return (k ? 0.5 : Math.SQRT1_2 / 2) * Math.cos(((2 * x + 1) * k * Math.PI) / 16);
});

/** Eight rows of eight, there and back. */
function packed(block: Float64Array): void {
  const half = new Float64Array(64);
  for (let y = 0; y < 8; ++y)
    for (let k = 0; k < 8; ++k) {
      let sum = 0;
      for (let x = 0; x < 8; ++x) sum += waves[k * 8 + x]! * block[y * 8 + x]!;
      half[y * 8 + k] = sum;
    }
  const kept = new Float64Array(64);
  for (let l = 0; l < 8; ++l)
    for (let k = 0; k < 8; ++k) {
      let sum = 0;
      for (let y = 0; y < 8; ++y) sum += waves[l * 8 + y]! * half[y * 8 + k]!;
      const step = steps[l * 8 + k]!;
      kept[l * 8 + k] = Math.round(sum / step) * step;
    }
  for (let y = 0; y < 8; ++y)
    for (let k = 0; k < 8; ++k) {
      let sum = 0;
      for (let l = 0; l < 8; ++l) sum += waves[l * 8 + y]! * kept[l * 8 + k]!;
      half[y * 8 + k] = sum;
    }
  for (let y = 0; y < 8; ++y)
    for (let x = 0; x < 8; ++x) {
      let sum = 0;
      for (let k = 0; k < 8; ++k) sum += waves[k * 8 + x]! * half[y * 8 + k]!;
      block[y * 8 + x] = sum;
    }
}

/** What is read of one picture of the code at `distance` millimetres. */
export function pictured(camera: Camera, shown: Shown, distance: number, throwDice: () => number, wanted: Wanted = "codes"): ImageData {
  const between = (most: number) => (2 * throwDice() - 1) * most;
  const length = Math.min(camera.width, camera.height); // of the middle square
  const zoom = camera.width / 2 / Math.tan(view / 2); // pixels a radian
  const modules = shown.rows.length;
  const module = shown.millimetres / modules;
  const reach = shown.millimetres / 2 + quiet * module;

  const wide = modules + 2 * quiet;
  const sheet = new Uint8Array(wide * wide).fill(white);
  shown.rows.forEach((row, y) =>
    [...row].forEach((each, x) => each === "#" && (sheet[(y + quiet) * wide + x + quiet] = black)),
  );

  // A point of the sheet (u, v) lies at middle + u·right + v·down.
  const [a, b, c] = [between(roll), between(tilt), between(tilt)];
  const turned = (x: number, y: number) => {
    const [x1, z1] = [x * Math.cos(b), -x * Math.sin(b)];
    return [x1, y * Math.cos(c) - z1 * Math.sin(c), y * Math.sin(c) + z1 * Math.cos(c)] as const;
  };
  const [right, down] = [turned(Math.cos(a), Math.sin(a)), turned(-Math.sin(a), Math.cos(a))];
  const middle = [between(off), between(off), distance] as const;
  const seen = (u: number, v: number): [number, number] => {
    const [x, y, z] = [0, 1, 2].map((i) => middle[i]! + u * right[i]! + v * down[i]!) as [number, number, number];
    return [length / 2 + (zoom * x) / z, length / 2 + (zoom * y) / z];
  };
  // Back: where the ray (x, y, 1) meets the sheet, by Cramer's rule.
  const cross = (p: readonly number[], q: readonly number[]) =>
    [p[1]! * q[2]! - p[2]! * q[1]!, p[2]! * q[0]! - p[0]! * q[2]!, p[0]! * q[1]! - p[1]! * q[0]!] as const;
  const [ofU, ofV, ofDepth] = [cross(middle, down), cross(right, middle), cross(right, down)];

  const met = (of: readonly [number, number, number], x: number, y: number, z: number) => of[0] * x + of[1] * y + of[2] * z;

  const disc = camera.focuses ? 0 : aperture * Math.abs(1 / distance - 1 / focus) * zoom;
  const sigma = Math.hypot(lens, disc / 4);
  const [moved, towards] = [throwDice() * shake, throwDice() * 2 * Math.PI];
  const [us, vs, depths] = [new Float64Array(rays), new Float64Array(rays), new Float64Array(rays)];
  for (let k = 0; k < rays; ++k) {
    const along = moved * (throwDice() - 0.5);
    const dx = (sigma * normal(throwDice) + throwDice() - 0.5 + along * Math.cos(towards)) / zoom;
    const dy = (sigma * normal(throwDice) + throwDice() - 0.5 + along * Math.sin(towards)) / zoom;
    [us[k], vs[k], depths[k]] = [met(ofU, dx, dy, 0), met(ofV, dx, dy, 0), met(ofDepth, dx, dy, 0)];
  }
  const [shade, from] = [throwDice() * unevenness, throwDice() * 2 * Math.PI];

  const grey = new Float64Array(length * length).fill(around);
  const corners = [seen(-reach, -reach), seen(reach, -reach), seen(-reach, reach), seen(reach, reach)];
  const edge = (axis: 0 | 1, least: boolean) => {
    const all = corners.map((corner) => corner[axis]);
    const found = least ? Math.floor(Math.min(...all) / 8 - 1) * 8 : Math.ceil(Math.max(...all) / 8 + 1) * 8;
    return Math.min(Math.max(found, 0), length);
  };
  const [left, top, rightEdge, bottom] = [edge(0, true), edge(1, true), edge(0, false), edge(1, false)];
  for (let py = top; py < bottom; ++py) {
    for (let px = left; px < rightEdge; ++px) {
      const [x, y] = [(px + 0.5 - length / 2) / zoom, (py + 0.5 - length / 2) / zoom];
      const [u, v, depth] = [met(ofU, x, y, 1), met(ofV, x, y, 1), met(ofDepth, x, y, 1)];
      let sum = 0;
      for (let k = 0; k < rays; ++k) {
        const nearer = -1 / (depth + depths[k]!) / module;
        const i = Math.floor((u + us[k]!) * nearer + wide / 2);
        const j = Math.floor((v + vs[k]!) * nearer + wide / 2);
        sum += i < 0 || j < 0 || i >= wide || j >= wide ? around : sheet[j * wide + i]!;
      }
      const across = ((px - length / 2) * Math.cos(from) + (py - length / 2) * Math.sin(from)) / length;
      grey[py * length + px] = (sum / rays) * (1 - shade * (0.5 + across));
    }
  }
  for (let i = 0; i < grey.length; ++i) grey[i]! += noise * noises[(i + Math.floor(moved * 65536)) & 65535]!;
  const block = new Float64Array(64);
  for (let by = top; by + 8 <= bottom; by += 8)
    for (let bx = left; bx + 8 <= rightEdge; bx += 8) {
      for (let i = 0; i < 64; ++i) block[i] = grey[(by + (i >> 3)) * length + bx + (i & 7)]! - 128;
      packed(block);
      for (let i = 0; i < 64; ++i) grey[(by + (i >> 3)) * length + bx + (i & 7)] = block[i]! + 128;
    }
  return scaled(grey, length, sideOf(wanted, length));
}

const noiseDice = dice(18004);
const noises = Float64Array.from({ length: 65536 }, () => normal(noiseDice));

/** Bilinear, as a canvas does it. */
function scaled(grey: Float64Array, length: number, side: number): ImageData {
  const ways = Array.from({ length: side }, (_, p) => {
    const x = Math.min(Math.max(((p + 0.5) * length) / side - 0.5, 0), length - 1);
    const low = Math.min(Math.floor(x), length - 2);
    return [low, x - low] as const;
  });
  const pixels = new Uint32Array(side * side);
  ways.forEach(([j, down], py) => {
    ways.forEach(([i, right], px) => {
      const at = j * length + i;
      const upper = grey[at]! * (1 - right) + grey[at + 1]! * right;
      const lower = grey[at + length]! * (1 - right) + grey[at + length + 1]! * right;
      const value = Math.min(Math.max(Math.round(upper * (1 - down) + lower * down), 0), 255);
      pixels[py * side + px] = 0xff000000 | (value * 0x10101);
    });
  });
  return { data: new Uint8ClampedArray(pixels.buffer), width: side, height: side, colorSpace: "srgb" } as ImageData;
}
