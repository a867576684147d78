// How pictures are read for codes: shared by the camera, its worker and the test of how far it sees.

import type { ReaderOptions } from "zxing-wasm/reader";

export const side = 640; // pixels of the square that is read: enough for a poster that fills a third of the frame

export const quick: ReaderOptions = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: false };
export const thorough: ReaderOptions = { ...quick, tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true };
