// What a gate's camera or reader gave, decided on the device, so that somebody is answered without a network, too. Cards
// are sent at a gate, and only there: as a claim (engines/linkage/claim.h), sealed by the server.

import { readScanned } from "../codes/placeCode";

export type GateReading = { kind: "person" | "ownCard" | "card"; code: string } | { kind: "place" | "unknown" };

// Two lines of 44 or three of 30, glued or not: ICAO Doc 9303.
const zone = /^(P[A-Z0-9<]{87}|[ACI][A-Z0-9<]{89})$/;

export function readAtGate(scanned: string): GateReading {
  const text = scanned.trim();
  if (zone.test(text.toUpperCase().replace(/\s/g, ""))) return { kind: "card", code: text };
  if (/^LTC\./i.test(text)) return { kind: "ownCard", code: text };
  const reading = readScanned(text);
  if (reading.kind === "person") return { kind: "person", code: reading.code };
  if (reading.kind === "paper") return { kind: "card", code: text };
  return { kind: reading.kind === "place" ? "place" : "unknown" };
}
