// Words of pages that are opened later than the first ones: they are loaded with these pages.

import { useText } from ".";
import { translator, type T } from "./translate";

type Texts = Parameters<typeof translator>[0];

/** A hook that says a room's words: in Vietnamese, else in English. */
export function roomWords(vi: Texts, en: Texts): () => T {
  const words = { vi: translator(vi, "vi"), en: translator(en, "en") };
  return () => words[useText().language === "vi" ? "vi" : "en"];
}
