// Reads QR codes off the main thread with ZXing compiled to WebAssembly, which comes from our own origin like
// everything else.

import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

import { quick, thorough } from "./reading";

prepareZXingModule({
  overrides: { locateFile: (path: string, prefix: string) => (path.endsWith(".wasm") ? wasm : prefix + path) },
});

export interface Question {
  id: number;
  image: ImageData;
  thorough: boolean;
}

export interface Finding {
  id: number;
  text?: string;
  failed?: boolean;
}

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  readBarcodes(data.image, data.thorough ? thorough : quick)
    .then((found) => ({ id: data.id, ...(found[0]?.isValid ? { text: found[0].text } : {}) }))
    .catch(() => ({ id: data.id, failed: true }))
    .then((finding: Finding) => postMessage(finding));
});
