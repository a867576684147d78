import { describe, expect, test } from "vitest";

import { Reader } from "./reader";

function type(reader: Reader, text: string, pause: number, from = 0): string | undefined {
  let at = from;
  for (const letter of text) expect(reader.take(letter, (at += pause))).toBeUndefined();
  return reader.take("Enter", at + pause);
}

describe("a USB reader", () => {
  test("types a code and Enter", () => {
    const reader = new Reader();
    expect(type(reader, "045099000123||A|30041975", 5)).toBe("045099000123||A|30041975");
    expect(type(reader, "LTP.ABCDEF", 30, 10_000)).toBe("LTP.ABCDEF");
  });

  test("fingers are no reader", () => {
    expect(type(new Reader(), "045099000123", 200)).toBeUndefined();
    expect(type(new Reader(), "abc", 5)).toBeUndefined();
  });

  test("what was typed before a pause is forgotten; keys without a letter are not in it", () => {
    const reader = new Reader();
    reader.take("x", 0);
    expect(type(reader, "1234567", 5, 1000)).toBe("1234567");
    for (const key of ["Shift", "A", "Shift", "B", "C", "D", "E", "F"]) reader.take(key, 5000);
    expect(reader.busy).toBe(true);
    expect(reader.take("Enter", 5010)).toBe("ABCDEF");
  });

  test("what an input method has changed is no code, and is told", () => {
    for (const key of ["Process", "Dead", "Backspace"]) {
      const reader = new Reader();
      for (const [n, letter] of ["0", "4", "5", key, "9", "9", "0"].entries()) reader.take(letter, n * 5);
      expect(reader.spoilt).toBe(true);
      expect(reader.take("Enter", 40)).toBeUndefined();
      expect(type(reader, "045099000123", 5, 1000)).toBe("045099000123");
    }
    const fingers = new Reader();
    fingers.take("a", 0);
    fingers.take("Backspace", 5);
    expect(fingers.spoilt).toBe(false);
  });
});
