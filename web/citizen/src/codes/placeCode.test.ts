import { expect, test } from "vitest";

import { readScanned, readTyped, showTyped } from "./placeCode";

const token = "2".padEnd(119, "0A7GK2M");
const good = "00000000"; // weight times zero is zero
const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// The check symbol, from the definition in short_code.h, written differently from the code under test.
function withCheck(seven: string): string {
  const timesA = (v: number) => ((v << 1) & 31) ^ (v & 16 ? 5 : 0);
  let sum = 0;
  [...seven].forEach((letter, i) => {
    let value = symbols.indexOf(letter);
    for (let power = 0; power < 7 - i; ++power) value = timesA(value);
    sum ^= value;
  });
  return seven + symbols[sum];
}

test("a poster is read from its link, whatever the host, case and tail", () => {
  for (const text of [
    token,
    `https://luytre.quangtri.gov.vn/p/${token}`,
    ` http://127.0.0.1:8080/p/${token.toLowerCase()}?from=camera#x\n`,
    `https://example.vn/sub/p/${token}`,
  ])
    expect(readScanned(text)).toEqual({ kind: "place", code: token });
});

test("codes with personal data are told apart and never passed on", () => {
  expect(readScanned("045090001234|191234567|Nguyễn Văn An|01021990|Nam|Thôn 1, xã Hải Lăng|02052021")).toEqual({
    kind: "paper",
  });
  expect(readScanned("045090******|NGUYEN VAN AN|1990-**-**|0|162979388586171100|1<GD479<0943<")).toEqual({
    kind: "paper",
  });
  expect(readScanned("HC1:6BFOXN*TS0BI$ZD")).toEqual({ kind: "certificate" });
  expect(readScanned("LTP.8AAA")).toEqual({ kind: "person", code: "LTP.8AAA" });
  expect(readScanned("https://qr.tokhaiyte.vn/dd?data=1")).toEqual({ kind: "foreign" });
  expect(readScanned("wifi:quan-an")).toEqual({ kind: "foreign" });
});

test("a typed code forgives how it is written", () => {
  const code = withCheck("7GK2M0Q");
  for (const text of [
    code,
    code.toLowerCase(),
    code.slice(0, 4) + "-" + code.slice(4),
    [...code].join(" "),
    code.replace("0", "o"),
  ])
    expect(readTyped(text)).toEqual({ kind: "place", code });
  expect(readTyped(good)).toEqual({ kind: "place", code: good });
});

test("every single wrong symbol and every exchange of two symbols is noticed", () => {
  const code = withCheck("7GK2M0Q");
  for (let i = 0; i < 8; ++i)
    for (const other of symbols)
      if (other !== code[i])
        expect(readTyped(code.slice(0, i) + other + code.slice(i + 1))).toEqual({ kind: "mistyped" });
  for (let i = 0; i < 8; ++i)
    for (let j = i + 1; j < 8; ++j) {
      if (code[i] === code[j]) continue;
      const swapped = [...code];
      [swapped[i], swapped[j]] = [swapped[j]!, swapped[i]!];
      expect(readTyped(swapped.join(""))).toEqual({ kind: "mistyped" });
    }
});

test("too short, too long, letters that no code has", () => {
  for (const text of ["", "7GK2", "7GK2-M0QX1", "7GK2-M0Qđ", "7GK2-M0QU"])
    expect(readTyped(text).kind).toBe("mistyped");
});

test("typing shows the code as the poster does", () => {
  expect(showTyped("7gk2m")).toBe("7GK2-M");
  expect(showTyped("7gk2 moq-x99")).toBe("7GK2-M0QX");
  expect(showTyped("7gk")).toBe("7GK");
});
