// Seats of a departure as a crew writes them down. Pure.

import type { ChosenUnit } from "../people/UnitSearch";

export const columns = ["seat", "name", "birthYear", "phone", "paper"] as const;
export type Column = (typeof columns)[number];
export type Seat = Record<Column, string>;

export const noSeat: Seat = { seat: "", name: "", birthYear: "", phone: "", paper: "" };

export interface Draft {
  departure: string; // as a datetime-local input has it, in Viet Nam's time
  towards?: ChosenUnit | undefined;
  seats: readonly Seat[];
}

/** What is still to be filled in; the server judges the rest, as of a file. */
export function lacking(seat: Seat): { column: Column; code: "required" | "format" } | undefined {
  const missing = (["seat", "name", "birthYear"] as const).find((column) => !seat[column].trim());
  if (missing) return { column: missing, code: "required" };
  if (!/^\d{4}$/.test(seat.birthYear.trim())) return { column: "birthYear", code: "format" };
  return seat.phone.trim() || seat.paper.trim() ? undefined : { column: "phone", code: "required" };
}

/** With this one, which stands for what was written of the same seat before. */
export const written = (seats: readonly Seat[], seat: Seat): readonly Seat[] => {
  const tidy = Object.fromEntries(columns.map((column) => [column, seat[column].trim()])) as Seat;
  return [...seats.filter((one) => one.seat !== tidy.seat), tidy];
};

/** As the endpoint for lists reads them (RFC 4180): the first seat is its line 2. */
export const asList = (seats: readonly Seat[]): string =>
  [columns, ...seats.map((seat) => columns.map((column) => `"${seat[column].replace(/"/g, '""')}"`))]
    .map((fields) => fields.join(","))
    .join("\n") + "\n";

/** What the QR code of a citizen's identity card says of its holder; undefined: another code. */
export function ofCard(scanned: string): Pick<Seat, "name" | "birthYear" | "paper"> | undefined {
  const [, paper, name, birthYear] = /^(\d{12})\|[^|]*\|([^|]+)\|\d{4}(\d{4})\|/.exec(scanned.trim()) ?? [];
  return paper && name?.trim() && birthYear ? { paper, name: name.trim(), birthYear } : undefined;
}
