// A passenger list that is written down seat by seat, where nobody has a file. Kept on the device until it is sent; what was taken is then forgotten,
// what was refused stays with what is wrong with it.

import type { PassengerReport } from "@luytre/shared/api";

export const columns = ["seat", "name", "birthYear", "phone", "paper"] as const;
export type Column = (typeof columns)[number];
export type Seat = Record<Column, string>;

/** A seat as it was written, and what the server said of it. */
export type Written = Seat & { wrong?: PassengerReport["lines"][number]["errors"] };

export const nobody: Seat = { seat: "", name: "", birthYear: "", phone: "", paper: "" };

/** The seat after this one, where seats are numbered. */
export const following = (seat: string): string =>
  /\d$/.test(seat) ? seat.replace(/\d+$/, (digits) => String(Number(digits) + 1).padStart(digits.length, "0")) : "";

/** What must still be written: of a phone and a paper one is enough. Whether it is right the server says. */
export function open(one: Seat): Column[] {
  const out = (["seat", "name", "birthYear"] as const).filter((column) => !one[column].trim());
  return one.phone.trim() || one.paper.trim() ? out : [...out, "phone"];
}

/** With this seat: one that stands there already is written anew, in its place. */
export function withSeat(all: readonly Written[], one: Seat): Written[] {
  const tidy = Object.fromEntries(columns.map((column) => [column, one[column].trim()])) as Seat;
  const at = all.findIndex(({ seat }) => seat === tidy.seat);
  return at < 0 ? [...all, tidy] : all.map((each, i) => (i === at ? tidy : each));
}

/** As comma-separated values, one line each below the head line. */
export const asList = (all: readonly Seat[]): string =>
  [columns.join(","), ...all.map((one) => columns.map((column) => `"${one[column].replaceAll('"', '""')}"`).join(","))].join("\r\n");

/** What was refused of a list that was sent, in its order. */
export const refused = (sent: readonly Seat[], report: Pick<PassengerReport, "lines">): Written[] =>
  report.lines.flatMap(({ line, state, errors }) => {
    const one = sent[line - 2]; // the head line is the first
    return state === "refused" && one ? [{ ...one, wrong: errors }] : [];
  });
