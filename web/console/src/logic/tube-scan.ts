// Which of what was scanned is the tube and which the person: a handheld reader types into the box that has the focus, whatever it reads.

const ours = /^LT[A-Z]\./i; // codes of people, places and declarations
const person = /^LTP\./i;
const barcode = /^[\w.\/-]{3,40}$/; // modules/laboratory: barcode()

export type Scanned = "tube" | "person" | "other";

/** What somebody held before a camera, which knows no box. */
export const whatIsScanned = (text: string): Scanned => (person.test(text.trim()) ? "person" : barcode.test(text.trim()) && !ours.test(text.trim()) ? "tube" : "other");

/** `pool`: the tube stays, so that a barcode after the last person begins the next tube. */
export function sortScan(tube: string, code: string, pool: boolean): { tube: string; code: string } {
  const first = tube.trim();
  const second = code.trim();
  if (person.test(first)) return { tube: barcode.test(second) && !ours.test(second) ? second : "", code: first };
  if (pool && first && barcode.test(second) && !ours.test(second)) return { tube: second, code: "" };
  return { tube: first, code: second };
}

/**
 * What a camera read, beside what stands in the boxes. A label is of the person who was read before it only if that person waits for a tube: what a
 * tube stands beside was sent with it, and may have failed.
 */
export function sortRead(tube: string, code: string, text: string): { tube: string; code: string } {
  if (whatIsScanned(text) === "tube" && !tube.trim()) return sortScan(text, code, false);
  return sortScan(tube, text, true);
}
