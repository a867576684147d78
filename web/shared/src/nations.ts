// Countries and territories (data/countries.json): as passports write them (three letters: ICAO Doc 9303 part 3, section 5), as records keep them
// (ISO 3166-1 alpha-2), and as people type their names.

import { countries as listed } from "../../../data/countries.json";

interface Listed {
  code: string;
  alpha3: string;
  vi: string;
  en: string;
  /** Other names that people type. */
  also?: string[];
  /** The state whose passports people from there carry. */
  of?: string;
}

const all: readonly Listed[] = listed;
const byCode = new Map(all.map((one) => [one.code, one]));

const states = all.filter(({ of }) => of === undefined);
const known = new Map(states.map(({ alpha3, code }) => [alpha3, code]));
// What passports write otherwise: Germany one letter, the kinds of British nationality, Kosovo.
for (const [passport, two] of [["D", "DE"], ["GBD", "GB"], ["GBN", "GB"], ["GBO", "GB"], ["GBP", "GB"], ["GBS", "GB"], ["RKS", "XK"]] as const) known.set(passport, two);

/** Every nationality once, alpha-2. */
export const nations: readonly string[] = [...states.map(({ code }) => code), "XK"];

/** Undefined for what names no country: a stateless person, an organisation. */
export const nationOf = (passport: string): string | undefined => known.get(passport.toUpperCase().replaceAll("<", ""));

const near = ["VN", "LA", "KH", "CN", "TH"];

function namer(language: string): (code: string) => string {
  const names = new Intl.DisplayNames([language], { type: "region" });
  return (code) => {
    const one = byCode.get(code);
    if (language === "vi" || language === "en") return one?.[language] ?? names.of(code) ?? code;
    return names.of(code) ?? one?.en ?? code;
  };
}

export const countryName = (code: string, language: string): string => namer(language)(code);

/** Việt Nam and its neighbours first, then by name. */
function sorted(codes: readonly string[], language: string): { value: string; label: string }[] {
  const name = namer(language);
  const option = (code: string) => ({ value: code, label: name(code) });
  const others = codes.filter((code) => !near.includes(code)).map(option);
  return [...near.map(option), ...others.sort((a, b) => a.label.localeCompare(b.label, language))];
}

/** Nationalities to choose from. */
export const countries = (language: string) => sorted(nations, language);

export interface Country {
  code: string;
  name: string;
  /** Its names, folded. */
  keys: readonly string[];
}

/** Without the diacritics of Latin letters; the vowel signs of Khmer or Thai are no diacritics. */
const fold = (text: string): string =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("đ", "d").replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();

/** Wherever somebody may have been, in the order of `countries`. */
export const everywhere = (language: string): Country[] =>
  sorted([...byCode.keys()], language).map(({ value: code, label: name }) => {
    const { vi, en, also = [] } = byCode.get(code)!;
    return { code, name, keys: [...new Set([name, vi, en, ...also].map(fold))] };
  });

/** The one of that name, in the language, Vietnamese or English, with or without diacritics. */
export function countryNamed(among: readonly Country[], typed: string): Country | undefined {
  const key = fold(typed);
  return key === "" ? undefined : among.find(({ keys }) => keys.includes(key));
}

/** What was meant by the beginning of a name, of a word of it, or by a code; the neighbours before anything is typed. */
export function countriesLike(among: readonly Country[], typed: string): Country[] {
  const key = fold(typed);
  if (key === "") return among.slice(0, near.length);
  const rank = ({ code, keys }: Country): number => {
    if (keys.includes(key)) return 0;
    if (keys.some((name) => name.startsWith(key))) return 1;
    if (keys.some((name) => name.includes(" " + key))) return 2;
    return code.toLowerCase() === key || byCode.get(code)!.alpha3.toLowerCase() === key ? 3 : 4;
  };
  return among
    .map((one) => ({ one, at: rank(one) }))
    .filter(({ at }) => at < 4)
    .sort((a, b) => a.at - b.at)
    .slice(0, 8)
    .map(({ one }) => one);
}
