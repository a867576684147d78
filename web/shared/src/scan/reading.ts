// How pictures are read for codes: shared by the camera, its worker and the test of how far it sees.

import type { ReaderOptions } from "zxing-wasm/reader";

export const side = 640; // pixels of the square that is read: enough for a poster that fills a third of the frame

/** "codes": those that people and places show. "labels": also what sticks on tubes, by which no other page is to be slowed or misled. */
export type Wanted = "codes" | "labels";

export const quick: ReaderOptions = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: false };
export const thorough: ReaderOptions = { ...quick, tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true };

// As a handheld reader gives them. Code 39 as it is, or "/A" would be "!". Several, as a rack or a box stands behind the tube that is held up.
const labels: ReaderOptions = {
  formats: ["QRCode", "DataMatrix", "Code128", "Code39Std", "EAN13", "EAN8", "ITF"],
  maxNumberOfSymbols: 8,
  textMode: "Plain",
  tryHarder: true, // bars are low, and lines far apart miss them
};

/** Half of the pictures are read with care, the others fast: `careful`. */
export function readingOf(wanted: Wanted, careful: boolean): ReaderOptions {
  const how = careful ? thorough : quick;
  return wanted === "codes" ? how : { ...how, ...labels };
}

/** What the camera is asked for. A label's bars are finer than the modules of our codes. */
export const askedOf = (wanted: Wanted) =>
  wanted === "codes" ? { width: { ideal: 1280 }, height: { ideal: 720 } } : { width: { ideal: 1920 }, height: { ideal: 1080 } };

/** Of the square that is read. Labels are read as the camera gives them; `seen`: pixels of its middle square. */
export const sideOf = (wanted: Wanted, seen: number): number => (wanted === "codes" ? side : Math.min(Math.max(seen, side), 1080));

/** Code 39 and ITF have no check digit, and a tube with another's number is another's result: labels are read twice. */
export const timesOf = (wanted: Wanted): number => (wanted === "codes" ? 1 : 2);

interface Point {
  x: number;
  y: number;
}

export interface Read {
  isValid: boolean;
  text: string;
  position: { topLeft: Point; topRight: Point; bottomLeft: Point; bottomRight: Point };
}

/** Of several the one that is aimed at, nearest to the middle. */
export function aimedAt(found: readonly Read[], picture: { width: number; height: number }): string | undefined {
  const away = ({ position: { topLeft, topRight, bottomLeft, bottomRight } }: Read) => {
    const middle = (axis: keyof Point) => (topLeft[axis] + topRight[axis] + bottomLeft[axis] + bottomRight[axis]) / 4;
    return Math.hypot(middle("x") - picture.width / 2, middle("y") - picture.height / 2);
  };
  return found.filter((one) => one.isValid && one.text).sort((one, other) => away(one) - away(other))[0]?.text;
}
