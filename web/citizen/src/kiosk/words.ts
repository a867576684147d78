// Words of declaring at a gate: on the place's device, or asked by the guard.

import { roomWords } from "../i18n/room";
import en from "./en.json";
import vi from "./vi.json";

export const useWords = roomWords(vi, en);
