// Reads the machine-readable zone off a picture of a passport or card, on the device: the picture goes nowhere.

import { createWorker, OEM, PSM, type Worker } from "tesseract.js";

import { looksLikeZone, machineZone } from "./machineZone";

declare const READER_FOLDER: string; // vite/reader.mjs

const widest = 1800; // pixels: forty-four characters need no more
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";

async function start(): Promise<Worker> {
  const worker = await createWorker("eng", OEM.LSTM_ONLY, {
    workerPath: `${READER_FOLDER}/worker.js`,
    corePath: `${READER_FOLDER}/core.wasm.js`,
    langPath: READER_FOLDER,
    workerBlobURL: false, // the content policy allows no blob: workers
    cacheMethod: "none", // the service worker keeps it
  });
  await worker.setParameters({ tessedit_char_whitelist: letters, tessedit_pageseg_mode: PSM.AUTO });
  return worker;
}

const smaller = [0.75, 0.6]; // what is misread at one size is mostly read at another
const turns = [0, 1, 3, 2]; // quarters: as it was taken, then as a phone is mostly held wrongly

function drawn(picture: ImageBitmap, quarters: number, size: number): HTMLCanvasElement {
  const scale = Math.min(1, widest / Math.max(picture.width, picture.height)) * size;
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = quarters % 2 ? [height, width] : [width, height];
  const context = canvas.getContext("2d")!;
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((quarters * Math.PI) / 2);
  context.drawImage(picture, -width / 2, -height / 2, width, height);
  return canvas;
}

/** The zone, with every check digit right, or nothing. Throws when the reader cannot be fetched or the file is none. */
export async function readPaper(file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file);
  let worker: Worker | undefined;
  try {
    worker = await start();
    for (const quarters of turns) {
      for (const size of [1, ...smaller]) {
        const { data } = await worker.recognize(drawn(picture, quarters, size));
        const zone = machineZone(data.text);
        if (zone) return zone;
        if (!looksLikeZone(data.text)) break;
      }
    }
    return undefined;
  } finally {
    picture.close();
    await worker?.terminate();
  }
}
