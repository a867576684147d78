import { describe, expect, test } from "vitest";

import { cardNumber, verifyCard } from "./cardCode";
import type { VerifyingKey } from "./signed";

const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const lastDay = 21_300; // 2028-04-26

function base32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  bits = bits.padEnd(Math.ceil(bits.length / 5) * 5, "0");
  return (bits.match(/.{5}/g) ?? []).map((five) => symbols[parseInt(five, 2)]).join("");
}

async function made(head = 0x31) {
  const pair = (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
  const open = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const message = Uint8Array.of(head, 7, 18, 52, 86, 120, lastDay >> 8, lastDay & 255);
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, message));
  const key = btoa(String.fromCharCode(...open)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  return { code: `LTC.${base32(new Uint8Array([...message, ...signature]))}`, keys: [{ id: 1, key }] as VerifyingKey[] };
}

describe("a printed card without a network", () => {
  test("is good until the end of its last day in Viet Nam", async () => {
    const { code, keys } = await made();
    expect(code).toHaveLength(120);
    for (const [at, verdict] of [
      ["2026-03-02T01:30:00Z", "good"],
      ["2028-04-26T16:59:59Z", "good"],
      ["2028-04-26T17:00:00Z", "expired"],
    ] as const)
      expect([at, await verifyCard(code, keys, Date.parse(at))]).toEqual([at, verdict]);
  });

  test("with any symbol changed, or signed by somebody else, it is home-made", async () => {
    const { code, keys } = await made();
    const now = Date.parse("2026-03-02T01:30:00Z");
    for (const at of [6, 12, 60, 119]) {
      const other = symbols[(symbols.indexOf(code[at]!) + 1) % 32];
      expect(await verifyCard(code.slice(0, at) + other + code.slice(at + 1), keys, now)).toBe("forged");
    }
    expect(await verifyCard(code, (await made()).keys, now)).toBe("forged");
    expect(await verifyCard(code, [], now)).toBe("unchecked");
    const person = await made(0x21);
    expect(await verifyCard(person.code, person.keys, now)).toBe("forged");
  });
});

test("the number of a card, however it is typed", () => {
  for (const typed of ["LTC-7GK2-M0QX", "7gk2 moqx", "ltc 7GK2M0QX", " LTC7GK2.M0QX "])
    expect(cardNumber(typed)).toBe("LTC-7GK2-M0QX");
  for (const typed of ["", "LTC", "7GK2-M0Q", "0912345678", "7GK2-M0QU"]) expect(cardNumber(typed)).toBeUndefined();
});
