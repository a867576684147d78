// Words of the app: Vietnamese comes with the first load, English when somebody chooses it. The choice is kept on the
// device.

import { useSyncExternalStore } from "react";

import { translator, type T } from "./translate";
import vi from "./vi.json";

export type { T } from "./translate";
export type Language = "vi" | "en";

const kept = "luytre.language";
const listeners = new Set<() => void>();
const vietnamese: Words = { t: translator(vi, "vi"), language: "vi" };
let english: Words | undefined;
let current = vietnamese;

interface Words {
  readonly t: T;
  readonly language: Language;
}

function wanted(): Language {
  try {
    return localStorage.getItem(kept) === "en" ? "en" : "vi";
  } catch {
    return "vi";
  }
}

export async function startTexts(): Promise<void> {
  if (wanted() === "en") await setLanguage("en").catch(() => undefined); // offline without English: Vietnamese it is
}

export async function setLanguage(language: Language): Promise<void> {
  if (language === "en") english ??= { t: translator((await import("./en.json")).default, "en"), language };
  current = language === "en" ? english! : vietnamese;
  document.documentElement.lang = language;
  listeners.forEach((listener) => listener());
  try {
    localStorage.setItem(kept, language);
  } catch {
    // a browser that keeps nothing: the choice lasts as long as the page
  }
}

export const language = (): Language => current.language;

/** For words outside a component; inside, useText() follows a change of language. */
export const say: T = (key, values) => current.t(key, values);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** `t("scan.title")` in the current language; the component follows a change of it. */
export const useText = (): Words => useSyncExternalStore(subscribe, () => current);

/** The right one of a text that comes in both languages. */
export function pick(text: Readonly<Record<string, string | undefined>>, which: Language): string {
  return text[which] || text["vi"] || text["en"] || "";
}
