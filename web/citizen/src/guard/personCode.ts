// Tells a real personal code from a home-made one without a network. Format: engines/linkage/person_code.h. Who it is,
// only the server can tell.

import { proven, type Verdict, type VerifyingKey } from "./signed";

export type { Verdict, VerifyingKey } from "./signed";

const format = { prefix: "LTP.", format: 2, messageBytes: 21 };
const slotSeconds = 600;
const graceSeconds = 120; // clocks of cheap phones

export async function verify(code: string, keys: readonly VerifyingKey[], now: number): Promise<Verdict> {
  const message = await proven(code, format, keys);
  if (typeof message === "string") return message;
  const from = message.getUint32(1) * slotSeconds;
  const seconds = now / 1000;
  return seconds >= from - graceSeconds && seconds < from + slotSeconds + graceSeconds ? "good" : "expired";
}
