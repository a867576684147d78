// What a camera, a reader or a keyboard may give a phone: the parsers answer, and accept nothing that the check symbol or
// the signature forbids.

import { rounds } from "@luytre/shared/fuzzing";
import { expect, test } from "vitest";

import { readScanned, readTyped, showTyped } from "../codes/placeCode";
import { cardNumber, verifyCard } from "./cardCode";
import { verify } from "./personCode";
import { readAtGate } from "./reading";
import type { VerifyingKey } from "./signed";

const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const now = Date.parse("2026-03-02T01:30:00Z");
const slot = Math.floor(now / 600_000);
const lastDay = 21_300; // 2028-04-26

/** The token in its one way of writing. */
const plain = (text: string) => text.toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");

function base32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  bits = bits.padEnd(Math.ceil(bits.length / 5) * 5, "0");
  return (bits.match(/.{5}/g) ?? []).map((five) => symbols[parseInt(five, 2)]).join("");
}

// Ed25519 of a fixed key: the same codes at every run.
const seed = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
const pkcs8 = new Uint8Array([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20, ...seed]);

async function signed() {
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", key);
  const code = async (prefix: string, message: Uint8Array<ArrayBuffer>) =>
    prefix + base32(new Uint8Array([...message, ...new Uint8Array(await crypto.subtle.sign("Ed25519", key, message))]));
  const person = new Uint8Array(21).map((_, i) => i * 7);
  person[0] = 0x21;
  new DataView(person.buffer).setUint32(1, slot);
  const card = Uint8Array.of(0x31, 7, 18, 52, 86, 120, lastDay >> 8, lastDay & 255);
  const keys: VerifyingKey[] = [
    { id: 1, key: x! },
    { id: 2, key: "?" }, // cut off on its way
  ];
  return { keys, person: await code("LTP.", person), card: await code("LTC.", card) };
}

/** Whether the sum of a^(7-i)·symbol(i) in GF(32) is 0: engines/linkage/short_code.h, from the definition. */
function fits(code: string): boolean {
  const timesA = (v: number) => ((v << 1) & 31) ^ (v & 16 ? 5 : 0);
  let sum = 0;
  [...code].forEach((letter, i) => {
    let value = symbols.indexOf(letter);
    for (let power = 0; power < 7 - i; ++power) value = timesA(value);
    sum ^= value;
  });
  return sum === 0;
}

test("a signed code is good only as it was signed", { timeout: 60_000 }, async () => {
  const { keys, person, card } = await signed();
  const verdicts = new Set<string>();
  for (const { text, round } of rounds([person, card, `${person} `, `LTP.${card.slice(4)}`], 4_000)) {
    const judged = { "LTP.": await verify(text, keys, now), "LTC.": await verifyCard(text, keys, now) };
    for (const [prefix, verdict] of Object.entries(judged)) {
      verdicts.add(verdict);
      if (verdict !== "good" && verdict !== "expired") continue;
      const written = text.trim();
      const made = prefix === "LTP." ? person : card;
      expect(written.slice(0, 4).toUpperCase() + plain(written.slice(4)), round).toBe(made);
      expect(verdict, round).toBe("good");
    }
  }
  expect([...verdicts].sort()).toEqual(["forged", "good", "unchecked"]);
});

const token = "2".padEnd(119, "0A7GK2M");
const texts = [
  token,
  `https://luytre.example/p/${token}`,
  "7GK2-M0Q0",
  "00000000",
  "0000-0A5", // short
  "LTP.8AAA",
  "LTC.8AAA",
  "LTC-7GK2-M0QX",
  "HC1:6BFOXN*TS0BI$ZD",
  "045099000123|197123456|Nguyễn Thị Hạnh|30041975|Nữ|Thôn Mỹ Lộc, Hải Quế, Hải Lăng, Quảng Trị|25042021",
  "045090******|NGUYEN VAN AN|1990-**-**|0|162979388586171100|1<GD479<0943<",
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
];

test("a place's code leaves the device only when it is one; personal data never does as one", () => {
  let places = 0;
  for (const { text, round } of rounds(texts, 20_000))
    for (const read of [readScanned(text), readTyped(text)]) {
      if (read.kind !== "place") continue;
      ++places;
      expect([...read.code].every((letter) => symbols.includes(letter)), round).toBe(true);
      expect([8, 119], round).toContain(read.code.length);
      if (read.code.length === 8) expect(fits(read.code), round).toBe(true);
      expect(readTyped(read.code), round).toEqual(read);
      // All of it stood in what was read.
      expect(plain(text).replace(/[\s.\-_]/g, ""), round).toContain(read.code);
    }
  expect(places).toBeGreaterThan(1_000);
});

test("a gate sends only what is a person's code, a card of ours, or a card that it may show", () => {
  const kinds = new Set<string>();
  for (const { text, round } of rounds(texts, 20_000)) {
    const read = readAtGate(text);
    kinds.add(read.kind);
    if (!("code" in read)) continue;
    expect(read.code, round).toBe(text.trim());
    if (read.kind === "person") expect(read.code, round).toMatch(/^LTP\./i);
    if (read.kind === "ownCard") expect(read.code, round).toMatch(/^LTC\./i);
    if (read.kind === "card")
      expect(read.code.split("|").length >= 5 || read.code.toUpperCase().replace(/\s/g, "").length >= 88, round).toBe(true);
  }
  expect([...kinds].sort()).toEqual(["card", "ownCard", "person", "place", "unknown"]);
});

test("what is typed below a code is shown as it is printed, and shown again the same", () => {
  for (const { text, round } of rounds(texts, 20_000)) {
    const number = cardNumber(text);
    if (number !== undefined) {
      expect(number, round).toMatch(/^LTC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(cardNumber(number), round).toBe(number);
    }
    expect(showTyped(showTyped(text)), round).toBe(showTyped(text));
  }
});
