// Words of quarantine and isolation orders.

import { roomWords } from "../i18n/room";
import en from "./en.json";
import vi from "./vi.json";

export const useOrderWords = roomWords(vi, en);
