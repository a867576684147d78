// Opening hours as a form: one row a day, what else a day has kept aside.

export interface Opening {
  day: number;
  from: string;
  to: string;
}

export interface Row {
  from: string;
  to: string;
  /** Further hours of the day, which the form does not show. */
  more: Opening[];
}

export const days = [1, 2, 3, 4, 5, 6, 7] as const;

export function rowsOf(hours: readonly Opening[]): Row[] {
  return days.map((day) => {
    const [first, ...more] = hours.filter((one) => one.day === day);
    return { from: first?.from ?? "", to: first?.to ?? "", more };
  });
}

export const half = ({ from, to }: Row) => (from === "") !== (to === "");

export function hoursOf(rows: readonly Row[]): Opening[] {
  return rows.flatMap(({ from, to, more }, i) => [...(from && to ? [{ day: days[i]!, from, to }] : []), ...more]);
}
