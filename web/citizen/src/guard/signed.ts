// What our signed codes have in common, read without a network with the public keys that a shift brings: letters, a
// prefix, base32 of a message and its Ed25519 signature. Formats: engines/linkage/person_code.h, card_code.h.

export interface VerifyingKey {
  id: number;
  /** base64url of an Ed25519 public key. */
  key: string;
}

/** unchecked: this browser knows no Ed25519, or the key is not on the device; the server will say. */
export type Verdict = "good" | "forged" | "expired" | "unchecked";

const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const signatureBytes = 64;

function bytesOf(text: string, count: number): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(count);
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
    if (filled === count) return undefined;
    bytes[filled++] = (bits >> held) & 0xff;
  }
  const rest = bits & ((1 << held) - 1);
  return filled === count && held < 5 && rest === 0 ? bytes : undefined;
}

const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

export interface Format {
  prefix: string;
  /** The upper half of the first byte. */
  format: number;
  messageBytes: number;
}

/** The message that one of the keys signed, or why there is none. */
export async function proven(
  code: string,
  { prefix, format, messageBytes }: Format,
  keys: readonly VerifyingKey[],
): Promise<DataView | "forged" | "unchecked"> {
  const text = code.trim();
  const ours = text.slice(0, prefix.length).toUpperCase() === prefix;
  const bytes = ours ? bytesOf(text.slice(prefix.length), messageBytes + signatureBytes) : undefined;
  if (!bytes || bytes[0]! >> 4 !== format) return "forged";
  const id = bytes[0]! & 15;
  const key = keys.find((each) => each.id === id);
  if (!key) return "unchecked";
  try {
    const opened = await crypto.subtle.importKey("raw", fromBase64url(key.key), "Ed25519", false, ["verify"]);
    const message = bytes.slice(0, messageBytes);
    if (!(await crypto.subtle.verify("Ed25519", opened, bytes.slice(messageBytes), message))) return "forged";
    return new DataView(message.buffer);
  } catch {
    return "unchecked";
  }
}
