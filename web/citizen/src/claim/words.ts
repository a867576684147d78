// Words of becoming the keeper of a place that a unit has listed.

import { roomWords } from "../i18n/room";
import en from "./en.json";
import vi from "./vi.json";

export const useWords = roomWords(vi, en);
