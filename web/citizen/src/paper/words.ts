// Words of printed cards, paper slips and the log of a place, loaded with their pages: the first load of the app has none of them.

import { useText, type Language, type T } from "../i18n";
import { translator } from "../i18n/translate";
import en from "./en.json";
import vi from "./vi.json";

const words: Record<Language, T> = { vi: translator(vi, "vi"), en: translator(en, "en") };

/** `p` says the words of paper, `t` the app's. */
export function usePaperWords(): { p: T; t: T; language: Language } {
  const { t, language } = useText();
  return { p: words[language], t, language };
}
