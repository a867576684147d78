// A phone's camera that sees what a test holds up: real QR codes, drawn into its picture.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './support.mjs';

const writer = join(root, 'web/node_modules/zxing-wasm/dist');
const { prepareZXingModule, writeBarcode } = await import(join(writer, 'es/writer/index.js'));
prepareZXingModule({ overrides: { wasmBinary: readFileSync(join(writer, 'writer/zxing_writer.wasm')) } });

// What page.addInitScript takes: replaces the camera by a picture that the test holds up.
export function fakeCamera() {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
  const pen = canvas.getContext('2d');
  let held;
  setInterval(() => {
    pen.fillStyle = '#8a8578';
    pen.fillRect(0, 0, 1280, 720);
    if (!held) return;
    if (held.picture) {
      const high = held.tall * 720;
      const wide = (high * held.picture.width) / held.picture.height;
      pen.save();
      pen.translate(640, 360);
      pen.rotate((held.degrees * Math.PI) / 180);
      pen.drawImage(held.picture, -wide / 2, -high / 2, wide, high);
      pen.restore();
      return;
    }
    const scale = Math.floor(560 / (held.width + 2 * held.quiet));
    const side = scale * (held.width + 2 * held.quiet);
    const [left, top] = [(1280 - side) / 2, (720 - side) / 2];
    pen.fillStyle = '#fff';
    pen.fillRect(left, top, side, side);
    pen.fillStyle = '#000';
    held.data.forEach((dark, i) => {
      if (dark) pen.fillRect(left + (held.quiet + (i % held.width)) * scale, top + (held.quiet + Math.floor(i / held.width)) * scale, scale, scale);
    });
  }, 33);
  globalThis.holdUp = (symbol) => (held = symbol);
  globalThis.holdUpPicture = async (png, how) => {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))], { type: 'image/png' }));
    held = { picture, ...how };
  };
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(30);
}

// What page.addInitScript takes, too: a screen that tells how often it is kept on.
export function fakeScreen() {
  globalThis.keptOn = 0;
  const request = async () => {
    globalThis.keptOn += 1;
    return { release: async () => void (globalThis.keptOn -= 1) };
  };
  Object.defineProperty(navigator, 'wakeLock', { value: { request } });
}

export async function symbolOf(text, format = 'QRCode') {
  const { symbol } = await writeBarcode(text, { format });
  return { width: symbol.width, quiet: format === 'QRCode' ? 4 : 10, data: [...symbol.data].map((value) => value === 0) };
}

export const show = (page, symbol) => page.evaluate((shown) => globalThis.holdUp(shown), symbol);
// A printed thing: `tall` of the frame's height, turned by so many degrees.
export const showPicture = (page, png, how) => page.evaluate(([data, as]) => globalThis.holdUpPicture(data, as), [png.toString('base64'), how]);
export const holdUp = async (page, text, format) => show(page, await symbolOf(text, format));
export const lower = (page) => page.evaluate(() => globalThis.holdUp(undefined));

// What the QR of a poster says: its drawing's path, a few pixels a module, as a camera would see it.
export async function posterText(svg) {
  const reader = join(root, 'web/node_modules/zxing-wasm/dist');
  const { prepareZXingModule: prepare, readBarcodes } = await import(join(reader, 'es/reader/index.js'));
  prepare({ overrides: { wasmBinary: readFileSync(join(reader, 'reader/zxing_reader.wasm')) } });
  const runs = [...svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)].map((found) => found.slice(1).map(Number));
  const [scale, quiet] = [5, 4];
  const side = (Math.max(...runs.map(([x, , run]) => x + run)) + 2 * quiet) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [x, y, run] of runs)
    for (let py = (y + quiet) * scale; py < (y + quiet + 1) * scale; ++py)
      for (let px = (x + quiet) * scale; px < (x + quiet + run) * scale; ++px) data.fill(0, (py * side + px) * 4, (py * side + px) * 4 + 3);
  const [found] = await readBarcodes({ data, width: side, height: side }, { formats: ['QRCode'] });
  return found.text;
}
