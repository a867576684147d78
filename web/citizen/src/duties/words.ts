// Words of these pages: they come with the pages, so that the first load does not carry them.

import { useText } from "../i18n";
import { translator } from "../i18n/translate";
import en from "./words.en.json";
import vi from "./words.vi.json";

const words = { vi: translator(vi, "vi"), en: translator(en, "en") };

export const useWords = () => words[useText().language];
