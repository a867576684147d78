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
    const scale = Math.floor(560 / (held.width + 8));
    const side = scale * (held.width + 8);
    const [left, top] = [(1280 - side) / 2, (720 - side) / 2];
    pen.fillStyle = '#fff';
    pen.fillRect(left, top, side, side);
    pen.fillStyle = '#000';
    held.data.forEach((dark, i) => {
      if (dark) pen.fillRect(left + (4 + (i % held.width)) * scale, top + (4 + Math.floor(i / held.width)) * scale, scale, scale);
    });
  }, 33);
  globalThis.holdUp = (symbol) => (held = symbol);
  globalThis.holdUpPicture = async (png, how) => {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))], { type: 'image/png' }));
    held = { picture, ...how };
  };
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(30);
}

export async function symbolOf(text) {
  const { symbol } = await writeBarcode(text, { format: 'QRCode' });
  return { width: symbol.width, data: [...symbol.data].map((value) => value === 0) };
}

export const show = (page, symbol) => page.evaluate((shown) => globalThis.holdUp(shown), symbol);
// A printed thing: `tall` of the frame's height, turned by so many degrees.
export const showPicture = (page, png, how) => page.evaluate(([data, as]) => globalThis.holdUpPicture(data, as), [png.toString('base64'), how]);
export const holdUp = async (page, text) => show(page, await symbolOf(text));
export const lower = (page) => page.evaluate(() => globalThis.holdUp(undefined));
