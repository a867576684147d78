// The bounds of what was told of a time: "about nine to ten", "that morning", "that day".
import { instantOf, partsOf } from "./moments";

export type Precision = "exact" | "about" | "partOfDay" | "day";
export const precisions = ["about", "exact", "partOfDay", "day"] as const satisfies readonly Precision[];

export type Part = "morning" | "noon" | "afternoon" | "evening" | "night";
export const parts = ["morning", "noon", "afternoon", "evening", "night"] as const satisfies readonly Part[];
/** As people mean them, by the clock; the night runs on into the next day. None is longer than what is traced. */
const clocks: Record<Part, [from: string, to: string]> = {
  morning: ["05:00", "11:00"],
  noon: ["11:00", "13:00"],
  afternoon: ["13:00", "18:00"],
  evening: ["18:00", "22:00"],
  night: ["22:00", "04:00"],
};

export interface ToldTime {
  date: string | undefined;
  precision: Precision;
  /** Times of day, the earliest and the latest; of `exact` and `about`. */
  from: string | undefined;
  to: string | undefined;
  part: Part | undefined;
}

const dayAfter = (date: string) => partsOf(new Date(Date.parse(instantOf(date, "12:00")) + 86_400_000).toISOString()).date;

/** Undefined while something is missing, or when it has not begun yet. What goes on ends now. */
export function boundsOf({ date, precision, from, to, part }: ToldTime, now: number): { from: string; to: string } | undefined {
  if (!date) return undefined;
  const [first, last] = precision === "day" ? ["00:00", "00:00"] : precision === "partOfDay" ? (part ? clocks[part] : []) : [from, to];
  if (!first || !last || (first === last && precision !== "day")) return undefined;
  const begins = instantOf(date, first);
  const ends = instantOf(last > first ? date : dayAfter(date), last);
  if (Date.parse(begins) >= now) return undefined;
  return { from: begins, to: Date.parse(ends) <= now ? ends : new Date(Math.floor(now / 1000) * 1000).toISOString().replace(".000Z", "Z") };
}

/** What to begin a correction with. */
export function toldTimeOf(milestone: { from: string; to: string; precision: Precision }): ToldTime {
  const begins = partsOf(milestone.from);
  const part = parts.find((one) => clocks[one][0] === begins.clock);
  return {
    date: begins.date,
    precision: milestone.precision,
    from: begins.clock,
    to: partsOf(milestone.to).clock,
    part: milestone.precision === "partOfDay" ? part : undefined,
  };
}
