// What a machine-readable zone says of its bearer, for a form to begin with: capitals without diacritics, so the name is to be put right.
// The server reads zones by itself (engines/linkage/mrz.h); this is for what is filled in before it is sent.

import { parse } from "mrz";

import { nationOf } from "../nations";

export interface ZoneRead {
  kind: "passport" | "cccd";
  number: string;
  name: string;
  birthDate?: string;
  /** ISO 3166-1 alpha-2. */
  nationality?: string;
}

const widths = new Map([
  [88, 44],
  [90, 30],
]);

/** The last such year not after today's; nothing where a day or month is not known. */
function born(written: string | null | undefined, today: string): string | undefined {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(written ?? "") ?? [];
  if (!year || !month || !day) return undefined;
  const century = Number(today.slice(0, 2));
  const date = `${century}${year}-${month}-${day}`;
  return date <= today ? date : `${century - 1}${year}-${month}-${day}`;
}

/** `zone`: as readPaper gives it; `today`: "2026-11-22". */
export function readZone(zone: string, today: string): ZoneRead | undefined {
  const width = widths.get(zone.length);
  if (!width) return undefined;
  const { fields } = parse(zone.match(new RegExp(`.{${width}}`, "g"))!, { autocorrect: false });
  if (!fields.documentNumber) return undefined;
  const birthDate = born(fields.birthDate, today);
  const nationality = nationOf(fields.nationality ?? "");
  const said = {
    name: [fields.lastName, fields.firstName].filter(Boolean).join(" "),
    ...(birthDate ? { birthDate } : {}),
    ...(nationality ? { nationality } : {}),
  };
  // Viet Nam's chip card has all twelve digits behind the nine of the number's field.
  const twelve = width === 30 && fields.issuingState === "VNM" ? /^\d{12}/.exec(zone.slice(15, 27))?.[0] : undefined;
  return twelve ? { kind: "cccd", number: twelve, ...said } : { kind: "passport", number: fields.documentNumber, ...said };
}
