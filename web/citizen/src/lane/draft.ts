// The vehicle at the barrier, as it is being put together: what was scanned, tapped and typed. Pure; the page keeps it on
// the device so that a reload loses nothing.

import type { LaneOpen, LanePassage, LaneSettlement } from "@luytre/shared/api";

export type Tone = "green" | "yellow" | "red";
export type Decision = LanePassage["decision"];
export type Direction = LanePassage["direction"];
export type Vehicle = LanePassage["vehicle"];
export type Why = NonNullable<LanePassage["why"]>;

export interface Shown {
  code?: string;
  phone?: string;
  /** Not there until the server has said, or without a network. */
  light?: Tone;
  /** Where it is not the vehicle's. */
  decision?: Decision;
}

export interface Draft {
  direction: Direction;
  vehicle: Vehicle;
  plate: string;
  journey?: { code: string; lights: Tone[] };
  people: Shown[];
  unnamed: number;
  /** An ambulance that has passed and is declared now; the vehicle at the barrier waits aside. */
  declares?: { passage: string; passedAt: string };
  aside?: Draft;
}

export const fresh = (direction: Direction = "in"): Draft => ({ direction, vehicle: "car", plate: "", people: [], unnamed: 0 });

export const declaring = (now: Draft, { id, at, direction, plate }: LaneOpen): Draft => ({
  ...fresh(direction),
  vehicle: "ambulance",
  plate: (plate && tidyPlate(plate)) || "",
  declares: { passage: id, passedAt: at },
  aside: now.declares ? now.aside : now,
});

/** What comes to the barrier when this one has gone. */
export const next = ({ aside, direction }: Draft): Draft => aside ?? fresh(direction);

export const isEmpty = (draft: Draft): boolean =>
  !draft.journey && draft.people.length === 0 && draft.unnamed === 0 && draft.plate === "";

/** A journey that has not been looked up counts as one person: somebody drives. */
export const heads = ({ journey, people, unnamed }: Draft): number =>
  (journey ? Math.max(1, journey.lights.length) : 0) + people.length + unnamed;

export const has = (draft: Draft, code: string): boolean =>
  draft.journey?.code === code || draft.people.some((each) => each.code === code);

/** One for each head; undefined: not known. */
export const lights = ({ journey, people, unnamed }: Draft): (Tone | undefined)[] => [
  ...(journey ? (journey.lights.length ? journey.lights : [undefined]) : []),
  ...people.map((each) => each.light),
  ...Array.from({ length: unnamed }, () => "yellow" as const),
];

export function worst(all: readonly (Tone | undefined)[]): Tone | undefined {
  for (const tone of ["red", "yellow", "green"] as const) if (all.includes(tone)) return tone;
  return undefined;
}

/** "74a 123.45" → "74A12345"; undefined: no plate. As modules/checkpoints/plate.h. */
export function tidyPlate(typed: string): string | undefined {
  const plate = typed.normalize("NFC").toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
  return /\d/.test(plate) && plate.length >= 3 && plate.length <= 12 ? plate : undefined;
}

/** "74A12345" → "74A-123.45", as on the vehicle. */
export function showPlate(plate: string): string {
  const [, series, number] = /^(\d\d[A-ZĐ][A-ZĐ\d]??)(\d{5}|\d{4})$/.exec(plate) ?? [];
  if (!series || !number) return plate;
  return `${series}-${number.length === 5 ? `${number.slice(0, 3)}.${number.slice(3)}` : number}`;
}

const occupants = ({ people }: Draft): LanePassage["occupants"] =>
  people.map(({ code, phone, decision: own }) => ({ ...(code ? { code } : { phone: phone! }), ...(own ? { decision: own } : {}) }));

type Where = { shift: string; place: string; at: string };

export const declarationOf = (draft: Draft, passage: string, where: Where): LaneSettlement => ({
  ...where,
  passage,
  decision: "pass",
  ...(draft.plate ? { plate: draft.plate } : {}),
  occupants: occupants(draft),
  unnamed: draft.unnamed,
});

export function passageOf(
  draft: Draft,
  decision: Decision,
  where: Where,
  reason: { why?: Why; note?: string } = {},
): LanePassage {
  return {
    ...where,
    direction: draft.direction,
    vehicle: draft.vehicle,
    ...(draft.plate ? { plate: draft.plate } : {}),
    ...(draft.journey ? { journey: draft.journey.code } : {}),
    occupants: occupants(draft),
    unnamed: draft.unnamed,
    decision,
    ...reason,
  };
}
