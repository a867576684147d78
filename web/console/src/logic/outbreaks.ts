// How an outbreak's figures are drawn and said.
import type { OutbreakPicture } from "../api/types";

type CurveDay = OutbreakPicture["curve"][number];

const dayLength = 86_400_000;
const next = (day: string) => new Date(Date.parse(day) + dayLength).toISOString().slice(0, 10);

/** Days without a case are part of the curve: at least `least` days, up to the last case; of more than `most` only the last ones. */
export function wholeCurve(curve: readonly CurveDay[], least = 14, most = 120): CurveDay[] {
  const last = curve[curve.length - 1];
  const first = curve[0];
  if (!first || !last) return [];
  const before = (days: number) => new Date(Date.parse(last.day) - (days - 1) * dayLength).toISOString().slice(0, 10);
  const earliest = [first.day, before(least)].sort()[0]!;
  const known = new Map(curve.map((one) => [one.day, one]));
  const out: CurveDay[] = [];
  for (let day = earliest < before(most) ? before(most) : earliest; day <= last.day; day = next(day)) out.push(known.get(day) ?? { day, onset: 0, sample: 0, report: 0 });
  return out;
}

/** "0,25", or of what is smaller than a thousandth "1,2 × 10⁻⁹": the order of unlikely places stays visible. */
export function chanceText(chance: number, language: "vi" | "en"): string {
  const words = (value: number, digits: number) => value.toLocaleString(language === "vi" ? "vi-VN" : "en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  if (chance >= 0.001) return words(chance, 3);
  if (chance === 0) return "0";
  let exponent = Math.floor(Math.log10(chance));
  let mantissa = Number((chance / 10 ** exponent).toFixed(1));
  if (mantissa === 10) [mantissa, exponent] = [1, exponent + 1];
  const raised = [...String(exponent)].map((sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)])).join("");
  return `${words(mantissa, 1)} × 10${raised}`;
}
