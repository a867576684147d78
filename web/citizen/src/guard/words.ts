// Words of gates: the guard's desk, the keeper's door, and how a place's doors are said.

import { useText, type Language, type T } from "../i18n";
import { roomWords } from "../i18n/room";
import en from "./en.json";
import vi from "./vi.json";

const useRoom = roomWords(vi, en);

/** `g` says the gates' words, `t` the app's. */
export function useGateWords(): { g: T; t: T; language: Language } {
  return { g: useRoom(), ...useText() };
}
