// A code as far as this device can tell, with or without a network: ours must be signed and fresh.

import type { GateDesk } from "@luytre/shared/api";

import { verifyCard } from "./cardCode";
import { verify } from "./personCode";
import { readAtGate } from "./reading";

/** What is wrong: the end of a text `guard.not.…`. */
export type Wrong = "place" | "unknown" | "cardExpired" | "forged" | "expired";

export async function checked(scanned: string, keys: GateDesk["keys"]): Promise<{ code: string } | { wrong: Wrong }> {
  const reading = readAtGate(scanned);
  if (!("code" in reading)) return { wrong: reading.kind };
  if (reading.kind !== "card") {
    const check = reading.kind === "person" ? verify : verifyCard;
    const verdict = await check(reading.code, keys, Date.now());
    if (verdict === "expired" && reading.kind === "ownCard") return { wrong: "cardExpired" };
    if (verdict === "forged" || verdict === "expired") return { wrong: verdict };
  }
  return { code: reading.code };
}
