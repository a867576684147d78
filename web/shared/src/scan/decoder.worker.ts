// Reads codes off the main thread with ZXing compiled to WebAssembly, which comes from our own origin like everything
// else.

import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

import { aimedAt, readingOf, type Wanted } from "./reading";

prepareZXingModule({
  overrides: { locateFile: (path: string, prefix: string) => (path.endsWith(".wasm") ? wasm : prefix + path) },
});

export interface Question {
  id: number;
  image: ImageData;
  careful: boolean;
  wanted: Wanted;
}

export interface Finding {
  id: number;
  text?: string;
  failed?: boolean;
}

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  readBarcodes(data.image, readingOf(data.wanted, data.careful))
    .then((found) => {
      const text = aimedAt(found, data.image);
      return { id: data.id, ...(text ? { text } : {}) };
    })
    .catch(() => ({ id: data.id, failed: true }))
    .then((finding: Finding) => postMessage(finding));
});
