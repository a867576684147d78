import { expect, test } from "vitest";

import { rounds } from "../fuzzing";
import { machineZone } from "./machineZone";

// The specimens of ICAO Doc 9303, parts 4, 5 and 7; a card whose number is longer than its field.
const samples = [
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
  "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
  "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<",
  "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<",
];

/** Part 3, section 4.9, from the definition. */
function digit(text: string): string {
  const worth = (letter: string) => (letter === "<" ? 0 : parseInt(letter, 36));
  return String([...text].reduce((sum, letter, i) => sum + worth(letter) * [7, 3, 1][i % 3]!, 0) % 10);
}

/** What of the zone has a check digit, and that digit; the number that runs on behind its "<" is left to the server. */
function covered(zone: string): [string, string][] {
  const at = (from: number, to: number) => zone.slice(from, to);
  const pair = (from: number, to: number): [string, string] => [at(from, to), at(to, to + 1)];
  if (zone.length === 90) {
    const number = zone[14] === "<" ? [] : [pair(5, 14)];
    return [...number, pair(30, 36), pair(38, 44), [at(5, 30) + at(30, 37) + at(38, 45) + at(48, 59), at(59, 60)]];
  }
  const common = [pair(44, 53), pair(57, 63), pair(65, 71)];
  if (zone.startsWith("V")) return common;
  return [...common, [at(44, 54) + at(57, 64) + at(65, 87), at(87, 88)]];
}

test("whatever was read off a picture, what is taken fits every check digit", { timeout: 60_000 }, () => {
  let taken = 0;
  for (const { text, round } of rounds(samples, 5_000)) {
    const zone = machineZone(text);
    if (zone === undefined) continue;
    ++taken;
    expect(zone, round).toMatch(/^(?:[A-Z0-9<]{88}|[A-Z0-9<]{90})$/);
    for (const [said, check] of covered(zone)) expect(digit(said), round).toBe(check);
    expect(machineZone(zone.match(zone.length === 90 ? /.{30}/g : /.{44}/g)!.join("\n")), round).toBe(zone);
  }
  expect(taken).toBeGreaterThan(100);
});

test("a page full of lines that look like a zone's is answered", { timeout: 10_000 }, () => {
  const page = Array.from({ length: 200 }, (_, i) => "O0Q1IL".repeat(8).slice(i % 7) + "<".repeat(20 + (i % 30))).join("\n");
  expect(machineZone(page)).toBeUndefined();
  expect(machineZone("<O0".repeat(30_000))).toBeUndefined();
});
