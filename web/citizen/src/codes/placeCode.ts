// What a scanned or typed text is, decided on the device: a place's code goes to the server, anything else stays here.
// Identity cards and certificates carry personal data in clear, so they must never be sent by mistake. Formats:
// engines/linkage/place_code.h, short_code.h, person_code.h; foreign ones: national QR 1.1, CCCD, health insurance,
// HC1.

export type Reading =
  | { kind: "place"; code: string }
  | { kind: "mistyped" } // the check symbol of a typed code does not fit
  | { kind: "person"; code: string } // a personal code of ours
  | { kind: "paper" } // identity or insurance card, national personal QR: personal data
  | { kind: "certificate" }
  | { kind: "foreign" };

const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const tokenLength = 119;
const shortLength = 8;

function forgiving(text: string): string {
  return text.toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
}

const ofSymbols = (text: string): boolean => [...text].every((letter) => symbols.includes(letter));

/** The token on a poster, from its URL or alone; undefined if there is none. */
function token(text: string): string | undefined {
  const inPath = /^https?:\/\/[^\s/]+(?:\/[^\s?#]*)?\/p\/([^\s/?#]+)/i.exec(text)?.[1];
  const found = forgiving(inPath ?? text);
  return found.length === tokenLength && ofSymbols(found) ? found : undefined;
}

const timesA = (value: number): number => ((value << 1) & 31) ^ (value & 16 ? 5 : 0);

/** Whether the check symbol of eight symbols fits: the sum of a^(7-i)·symbol(i) in GF(32) is 0. */
function checks(code: string): boolean {
  let sum = 0; // Horner's rule
  for (const letter of code) sum = timesA(sum) ^ symbols.indexOf(letter);
  return sum === 0;
}

/** Scanned by a camera, read from an image, or opened as a link. */
export function readScanned(scanned: string): Reading {
  const text = scanned.trim();
  const found = token(text);
  if (found) return { kind: "place", code: found };
  if (/^LTP\./i.test(text)) return { kind: "person", code: text };
  if (/^(HC1:|shc:\/)/i.test(text)) return { kind: "certificate" };
  if (text.split("|").length >= 5) return { kind: "paper" };
  return readTyped(text, "foreign");
}

/** Typed from below the poster's QR; blanks, dots and dashes are nothing, O is 0, I and L are 1. */
export function readTyped(typed: string, otherwise: "mistyped" | "foreign" = "mistyped"): Reading {
  const found = forgiving(typed).replace(/[\s.\-_]/g, "");
  if (found.length !== shortLength || !ofSymbols(found)) {
    const pasted = token(typed.trim());
    return pasted ? { kind: "place", code: pasted } : { kind: otherwise };
  }
  return checks(found) ? { kind: "place", code: found } : { kind: "mistyped" };
}

/** While typing: "7GK2-M0QX", letters as they stand on posters. */
export function showTyped(typed: string): string {
  const kept = [...forgiving(typed)]
    .filter((letter) => symbols.includes(letter))
    .slice(0, shortLength)
    .join("");
  return kept.length > 4 ? `${kept.slice(0, 4)}-${kept.slice(4)}` : kept;
}
