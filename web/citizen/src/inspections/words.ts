// Words of what officers found at a place.

import { roomWords } from "../i18n/room";
import en from "./en.json";
import vi from "./vi.json";

export const useInspectionWords = roomWords(vi, en);
