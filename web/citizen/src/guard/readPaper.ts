// Reads the machine-readable zone off a picture of a passport or card, on the device: the picture goes nowhere.

import { createWorker, OEM, PSM, type Worker } from "tesseract.js";

import { machineZone } from "./machineZone";

declare const READER_FOLDER: string; // tools/reader.mjs

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

async function drawn(file: Blob): Promise<HTMLCanvasElement> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, widest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

/** The zone, with every check digit right, or nothing. Throws when the reader cannot be fetched or the file is none. */
export async function readPaper(file: Blob): Promise<string | undefined> {
  const canvas = await drawn(file);
  const worker = await start();
  try {
    const { data } = await worker.recognize(canvas);
    return machineZone(data.text);
  } finally {
    await worker.terminate();
  }
}
