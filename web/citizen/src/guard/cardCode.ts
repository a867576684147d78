// Tells a real printed card from a home-made one without a network, and whether its last day has passed. Format:
// engines/linkage/card_code.h. Whose it is, and whether it was reported lost, only the server can tell.

import { localDate } from "@luytre/shared/time";

import { proven, type Verdict, type VerifyingKey } from "./signed";

const format = { prefix: "LTC.", format: 3, messageBytes: 8 };
const lastDayAt = 6;
const msOfDay = 86_400_000;

export async function verifyCard(code: string, keys: readonly VerifyingKey[], now: number): Promise<Verdict> {
  const message = await proven(code, format, keys);
  if (typeof message === "string") return message;
  const lastDay = new Date(message.getUint16(lastDayAt) * msOfDay).toISOString().slice(0, 10);
  return localDate(now) <= lastDay ? "good" : "expired";
}

/** The number printed below the code, as typed: "LTC-7GK2-M0QX" with or without its letters; undefined if it is none. */
export function cardNumber(typed: string): string | undefined {
  const bare = typed
    .trim()
    .toUpperCase()
    .replace(/^LTC/, "")
    .replace(/[\s.\-_]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(bare) ? `LTC-${bare.slice(0, 4)}-${bare.slice(4)}` : undefined;
}
