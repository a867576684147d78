// Tells a real personal code from a home-made one without a network, with the public keys that a shift brings. Format:
// engines/linkage/person_code.h. Who it is, only the server can tell.

export interface VerifyingKey {
  id: number;
  /** base64url of an Ed25519 public key. */
  key: string;
}

/** unchecked: this browser knows no Ed25519, or the key is not on the device; the server will say. */
export type Verdict = "good" | "forged" | "expired" | "unchecked";

const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const prefix = "LTP.";
const format = 2;
const messageBytes = 21;
const allBytes = messageBytes + 64;
const slotSeconds = 600;
const graceSeconds = 120; // clocks of cheap phones

function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(allBytes);
  let bits = 0;
  let held = 0;
  let filled = 0;
  for (const letter of text.toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1")) {
    const value = symbols.indexOf(letter);
    if (value < 0) return undefined;
    bits = ((bits << 5) | value) & 0xfff;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    if (filled === allBytes) return undefined;
    bytes[filled++] = (bits >> held) & 0xff;
  }
  return filled === allBytes && held === 0 ? bytes : undefined;
}

const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

export async function verify(code: string, keys: readonly VerifyingKey[], now: number): Promise<Verdict> {
  const text = code.trim();
  const bytes = text.slice(0, prefix.length).toUpperCase() === prefix ? bytesOf(text.slice(prefix.length)) : undefined;
  if (!bytes || bytes[0]! >> 4 !== format) return "forged";
  const id = bytes[0]! & 15;
  const key = keys.find((each) => each.id === id);
  if (!key) return "unchecked";
  try {
    const opened = await crypto.subtle.importKey("raw", fromBase64url(key.key), "Ed25519", false, ["verify"]);
    const message = bytes.slice(0, messageBytes);
    if (!(await crypto.subtle.verify("Ed25519", opened, bytes.slice(messageBytes), message))) return "forged";
  } catch {
    return "unchecked";
  }
  const from = new DataView(bytes.buffer).getUint32(1) * slotSeconds;
  const seconds = now / 1000;
  return seconds >= from - graceSeconds && seconds < from + slotSeconds + graceSeconds ? "good" : "expired";
}
