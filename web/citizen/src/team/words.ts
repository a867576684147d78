// Words of community teams.

import { useText, type Language, type T } from "../i18n";
import { roomWords } from "../i18n/room";
import en from "./en.json";
import vi from "./vi.json";

const useRoom = roomWords(vi, en);

/** `w` says the team's words, `t` the app's. */
export function useWords(): { w: T; t: T; language: Language } {
  return { w: useRoom(), ...useText() };
}
