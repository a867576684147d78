// Countries by name in the officer's language; ISO 3166-1 alpha-2 codes, names from the browser. Việt Nam and its neighbours first.
import { nations } from "@luytre/shared/nations";

const near = ["VN", "LA", "KH", "CN", "TH"];

const others = nations.filter((code) => !near.includes(code));

const names = (language: string) => new Intl.DisplayNames([language], { type: "region" });

export const countryName = (code: string, language: string): string => names(language).of(code) ?? code;

export function countries(language: string): { value: string; label: string }[] {
  const known = names(language);
  const option = (code: string) => ({ value: code, label: known.of(code) ?? code });
  const sorted = others.map(option).sort((a, b) => a.label.localeCompare(b.label, language));
  return [...near.map(option), ...sorted];
}
