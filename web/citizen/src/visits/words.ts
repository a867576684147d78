// Words of doubts about visits, and of what places state that visits are compared with.

import { roomWords } from "../i18n/room";
import en from "./en.json";
import vi from "./vi.json";

export const useWords = roomWords(vi, en);
