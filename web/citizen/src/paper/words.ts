// Words of printed cards, paper slips and the log of a place.

import { useText, type Language, type T } from "../i18n";
import { roomWords } from "../i18n/room";
import en from "./en.json";
import vi from "./vi.json";

const useRoom = roomWords(vi, en);

/** `p` says the words of paper, `t` the app's. */
export function usePaperWords(): { p: T; t: T; language: Language } {
  return { p: useRoom(), ...useText() };
}
