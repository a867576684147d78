import { describe, expect, test } from "vitest";

import { verify, type VerifyingKey } from "./personCode";

const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const slot = 2_713_422; // ten minutes from 2021-08-04T02:00:00Z
const start = slot * 600_000;

function base32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{5}/g) ?? []).map((five) => symbols[parseInt(five, 2)]).join("");
}

async function made(head = 0x21) {
  const pair = (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
  const open = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const message = new Uint8Array(21).map((_, i) => i * 7);
  message[0] = head;
  new DataView(message.buffer).setUint32(1, slot);
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, message));
  const key = btoa(String.fromCharCode(...open)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  return { code: `LTP.${base32(new Uint8Array([...message, ...signature]))}`, keys: [{ id: 1, key }] as VerifyingKey[] };
}

describe("a personal code without a network", () => {
  test("is good in its ten minutes, give or take two", async () => {
    const { code, keys } = await made();
    expect(code).toHaveLength(4 + 136);
    for (const [after, verdict] of [
      [0, "good"],
      [599, "good"],
      [-119, "good"],
      [719, "good"],
      [-121, "expired"],
      [720, "expired"],
    ] as const)
      expect([after, await verify(code, keys, start + after * 1000)]).toEqual([after, verdict]);
    expect(await verify(` ${code.toLowerCase()}\n`, keys, start)).toBe("good");
  });

  test("with any symbol changed it is home-made", async () => {
    const { code, keys } = await made();
    for (const at of [6, 30, 60, 139]) {
      const other = symbols[(symbols.indexOf(code[at]!) + 1) % 32];
      expect(await verify(code.slice(0, at) + other + code.slice(at + 1), keys, start)).toBe("forged");
    }
    for (const text of ["LTP.", "LTP.!", code.slice(0, -1), `${code}0`, code.slice(4)])
      expect(await verify(text, keys, start)).toBe("forged");
  });

  test("signed by somebody else it is home-made; of another format, too", async () => {
    const { code } = await made();
    expect(await verify(code, (await made()).keys, start)).toBe("forged");
    const old = await made(0x11);
    expect(await verify(old.code, old.keys, start)).toBe("forged");
  });

  test("under a key that is not on the device it waits for the server", async () => {
    const { code } = await made();
    expect(await verify(code, [], start)).toBe("unchecked");
  });
});
