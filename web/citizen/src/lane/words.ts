// Words of the lane and of journeys, loaded with their pages: the first load of the app has none of them.

import { useText, type Language, type T } from "../i18n";
import { translator } from "../i18n/translate";
import en from "./en.json";
import vi from "./vi.json";

const words: Record<Language, T> = { vi: translator(vi, "vi"), en: translator(en, "en") };

/** `w` says the lane's words, `t` the app's. */
export function useWords(): { w: T; t: T; language: Language } {
  const { t, language } = useText();
  return { w: words[language], t, language };
}
