// Words of published places and times.

import { roomWords } from "../i18n/room";
import en from "./en.json";
import vi from "./vi.json";

export const useWords = roomWords(vi, en);
