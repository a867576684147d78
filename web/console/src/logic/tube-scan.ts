// Which of what was scanned is the tube and which the person: a handheld reader types into the box that has the focus, whatever it reads.

const ours = /^LT[A-Z]\./i; // codes of people, places and declarations
const person = /^LTP\./i;
const barcode = /^[\w.\/-]{3,40}$/; // modules/laboratory: barcode()

/** `pool`: the tube stays, so that a barcode after the last person begins the next tube. */
export function sortScan(tube: string, code: string, pool: boolean): { tube: string; code: string } {
  const first = tube.trim();
  const second = code.trim();
  if (person.test(first)) return { tube: barcode.test(second) && !ours.test(second) ? second : "", code: first };
  if (pool && first && barcode.test(second) && !ours.test(second)) return { tube: second, code: "" };
  return { tube: first, code: second };
}
