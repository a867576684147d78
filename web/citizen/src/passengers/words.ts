// Words of passenger lists.

import { roomWords } from "../i18n/room";
import en from "./words.en.json";
import vi from "./words.vi.json";

export const useWords = roomWords(vi, en);
