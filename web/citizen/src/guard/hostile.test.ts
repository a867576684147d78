// Whatever a camera, a reader or a finger gives: the parsers answer, and nothing that was changed counts as ours. The same texts in every run.

import { describe, expect, test } from "vitest";

import { readScanned, readTyped, showTyped } from "../codes/placeCode";
import { cardNumber, verifyCard } from "./cardCode";
import { verify } from "./personCode";
import { readAtGate } from "./reading";

/** mulberry32 */
function dice(seed: number): (below: number) => number {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const odd = ["|", "<", ".", "-", "/", "?", "#", " ", "\n", "\u0000", "é", "ế", "ß", "İ", "😀", "\ud800", "０", "*"];
const seeds = [
  "045099000123|197123456|Nguyễn Thị Hạnh|30041975|Nữ|Thôn Mỹ Lộc, Hải Quế|25042021",
  "******000123|NGUYEN THI HANH|1975-**-**|0|162979388586171100|2<GD4877*******<0943******",
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10",
  `https://luytre.example/p/${"2".repeat(119)}`,
  "7GK2-M0QX",
  "LTC-7GK2-M0QX",
  `LTP.${"0".repeat(136)}`,
  "HC1:6BF",
];

/** A seed with up to eight characters put in, taken out or changed, or doubled. */
function spoilt(roll: (below: number) => number): string {
  let text = seeds[roll(seeds.length)]!;
  for (let left = 1 + roll(8); left > 0; --left) {
    const at = roll(text.length + 1);
    const put = roll(2) ? symbols[roll(symbols.length)]! : odd[roll(odd.length)]!;
    const how = roll(4);
    if (how === 0) text = text.slice(0, at) + put + text.slice(at);
    else if (how === 1) text = text.slice(0, at) + text.slice(at + 1);
    else if (how === 2) text = text.slice(0, at) + put + text.slice(at + 1);
    else text += text.slice(at, at + 40);
  }
  return text;
}

describe("hostile codes", () => {
  test("what holds fields of a person is never sent as a place's code, and a place's code is one", () => {
    const roll = dice(20_261_122);
    for (let i = 0; i < 20_000; ++i) {
      const text = spoilt(roll);
      for (const reading of [readScanned(text), readTyped(text)]) {
        if (reading.kind !== "place") continue;
        expect([...reading.code].every((letter) => symbols.includes(letter)), JSON.stringify(text)).toBe(true);
        expect([8, 119], JSON.stringify(text)).toContain(reading.code.length);
      }
      const gate = readAtGate(text);
      if (gate.kind === "place") expect(readScanned(text).kind, JSON.stringify(text)).toBe("place");
      expect(showTyped(showTyped(text)), JSON.stringify(text)).toBe(showTyped(text));
      const number = cardNumber(text);
      if (number) expect(cardNumber(number), JSON.stringify(text)).toBe(number);
    }
  });

  test("a signed code that was changed anywhere is none", async () => {
    const pair = (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
    const open = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    const keys = [{ id: 1, key: btoa(String.fromCharCode(...open)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "") }];
    const now = Date.parse("2026-11-22T08:00:00Z");
    const roll = dice(7);
    for (const [prefix, head, size, check] of [["LTP.", 0x21, 21, verify], ["LTC.", 0x31, 8, verifyCard]] as const) {
      const message = new Uint8Array(size);
      message[0] = head;
      const view = new DataView(message.buffer);
      if (size === 21) view.setUint32(1, Math.floor(now / 600_000));
      else view.setUint16(6, Math.floor(now / 86_400_000) + 30);
      const bytes = [...message, ...new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, message))];
      const bits = bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("").replace(/$/, "0".repeat((5 - ((bytes.length * 8) % 5)) % 5));
      const code = prefix + bits.match(/.{5}/g)!.map((five) => symbols[parseInt(five, 2)]).join("");
      expect(await check(code, keys, now)).toBe("good");
      for (let i = 0; i < 300; ++i) {
        const at = prefix.length + roll(code.length - prefix.length);
        const other = symbols[(symbols.indexOf(code[at]!) + 1 + roll(31)) % 32]!;
        const changed = [code.slice(0, at) + other + code.slice(at + 1), code.slice(0, at) + code.slice(at + 1), code.slice(0, at) + other + code.slice(at)];
        for (const text of changed) expect(["forged", "unchecked"], text).toContain(await check(text, keys, now));
      }
    }
  });
});
