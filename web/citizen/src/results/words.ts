// Words of the own test results.

import { roomWords } from "../i18n/room";
import en from "./en.json";
import vi from "./vi.json";

export const useResultWords = roomWords(vi, en);
