// From the text that was read off a picture to the machine-readable zone of a passport (two lines of 44) or a card
// (three of 30): ICAO Doc 9303. Readers mistake O for 0, read one character as two, and lose or add fillers; only what fits
// all check digits is taken, and what is put right by guessing only if there is one guess.

import { parse } from "mrz";

const formats = [
  { lines: 2, width: 44 },
  { lines: 3, width: 30 },
] as const;
const least = 20; // characters of a line that can be one of a zone's
const fillers = /<{2,}/g;

/** Lines that look like those of a zone, in order. */
function candidates(read: string): string[] {
  return read
    .toUpperCase()
    .split("\n")
    .map((line) => line.replace(/«/g, "<<").replace(/[^A-Z0-9<]/g, ""))
    .filter((line) => line.length >= least && line.includes("<"));
}

/** The line with its longest run of fillers made longer or shorter, so that it has the width. */
function fit(line: string, width: number): string | undefined {
  const lacks = width - line.length;
  if (lacks === 0) return line;
  const runs = [...line.matchAll(fillers)].sort((a, b) => b[0].length - a[0].length);
  const run = runs[0];
  if (!run || run[0].length + lacks < 1) return undefined;
  return line.slice(0, run.index) + "<".repeat(run[0].length + lacks) + line.slice(run.index + run[0].length);
}

/** The lines with letters and digits put right where only one of them can stand; nothing if a check digit says no. */
function checked(lines: readonly string[]): string | undefined {
  const { details } = parse(lines, { autocorrect: true });
  if (!details.every(({ field, valid }) => valid || !field?.endsWith("CheckDigit"))) return undefined;
  const out = lines.map((line) => [...line]);
  for (const { autocorrect } of details)
    for (const { line, column, corrected } of autocorrect) out[line]![column] = corrected;
  return out.flat().join("");
}

// What readers take for one another, and sometimes read one after the other for one character.
const alike = ["O0Q", "1IL", "2Z7", "5S", "8B", "6G"];

/** A line that is too long, with one of two characters taken out that look alike and stand side by side. */
function shortened(line: string, width: number): string[] {
  if (line.length <= width) return [];
  const out = new Set<string>();
  for (let at = 1; at < line.length; ++at) {
    const pair = alike.find((kind) => kind.includes(line[at - 1]!) && kind.includes(line[at]!));
    if (!pair) continue;
    for (const gone of [at - 1, at]) {
      const short = fit(line.slice(0, gone) + line.slice(gone + 1), width);
      if (short) out.add(short);
    }
  }
  return [...out];
}

/** One character of these lines was read as two: put right if that can be done in one way only. */
function repaired(read: readonly string[], lines: readonly string[], width: number): string | undefined {
  const found = new Set<string>();
  read.forEach((line, i) => {
    for (const short of shortened(line, width)) {
      const zone = checked(lines.map((one, at) => (at === i ? short : one)));
      if (zone) found.add(zone);
    }
  });
  return found.size === 1 ? [...found][0] : undefined;
}

/** Whether something was read that could be a zone: then it is the right way up, and worth another look. */
export const looksLikeZone = (read: string): boolean => candidates(read).length >= 2;

/** The zone without line breaks, as codes are sent; its length tells how many lines it has. */
export function machineZone(read: string): string | undefined {
  const all = candidates(read);
  for (const { lines: count, width } of formats) {
    for (let first = all.length - count; first >= 0; --first) {
      const whole = all.slice(first, first + count);
      const lines = whole.map((line) => fit(line, width));
      if (!lines.every((line) => line !== undefined)) continue;
      const zone = checked(lines) ?? repaired(whole, lines, width);
      if (zone) return zone;
    }
  }
  return undefined;
}
