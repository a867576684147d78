// Words of the app: what the first pages say in Vietnamese comes with the first load, the rest of it (later/) with the
// first other page, any other language when somebody chooses it. The choice is kept on the device. A language is here as
// soon as its file lies in this folder (languages.ts lists those that may be chosen); what its file does not say is said
// in English.

import { useSyncExternalStore } from "react";

import { translator, type T, type Texts } from "./translate";
import vi from "./vi.json";

export type { T } from "./translate";
/** Its code in data/languages.json. */
export type Language = string;

const kept = "luytre.language";
const files = import.meta.glob<{ default: Texts }>(["./*.json", "!./vi.json"]);
const listeners = new Set<() => void>();
const inVietnamese: Record<string, string | Texts> = { ...vi };
const vietnamese: Words = { t: translator(inVietnamese, "vi"), language: "vi", direction: "ltr" };
const loaded = new Map<Language, Words>([["vi", vietnamese]]);
let current = vietnamese;
let whole: Promise<void> | undefined;
let choices = 0;

interface Words {
  readonly t: T;
  readonly language: Language;
  readonly direction: "ltr" | "rtl";
}

/** The language somebody has chosen on this device; none: nobody was asked. */
export const chosen = (): Language | undefined => {
  try {
    return localStorage.getItem(kept) ?? undefined;
  } catch {
    return undefined;
  }
};

export async function startTexts(): Promise<void> {
  const language = chosen();
  if (language !== undefined && language !== "vi") await setLanguage(language).catch(() => undefined); // offline without it: Vietnamese it is
}

/** The words of all pages but the first ones, which wait for nothing. */
export const pageTexts = (): Promise<void> | undefined => (current === vietnamese ? wholeVietnamese() : undefined);

function wholeVietnamese(): Promise<void> {
  whole ??= import("./later/vi.json").then(
    ({ default: later }) => void Object.assign(inVietnamese, later),
    (error: unknown) => {
      whole = undefined; // the next page asks again
      throw error;
    },
  );
  return whole;
}

async function load(language: Language): Promise<Words> {
  if (language === "vi") await wholeVietnamese();
  const found = loaded.get(language);
  if (found) return found;
  const texts = (await files[`./${language}.json`]?.())?.default;
  const words: Words =
    language === "en"
      ? { t: translator(texts!, "en"), language, direction: "ltr" }
      : await further(language, texts);
  loaded.set(language, words);
  return words;
}

async function further(language: Language, texts: Texts | undefined): Promise<Words> {
  const [english, { languages }] = await Promise.all([load("en"), import("./languages")]);
  const listed = languages.find(({ code }) => code === language);
  if (!listed) throw new Error(`${language} is not in data/languages.json`);
  return { t: translator(texts ?? {}, language, english.t), language, direction: listed.direction };
}

/** The last choice counts, however long an earlier one takes to arrive. */
export async function setLanguage(language: Language): Promise<void> {
  const mine = ++choices;
  const words = await load(language);
  if (mine !== choices) return;
  current = words;
  document.documentElement.lang = language;
  document.documentElement.dir = current.direction;
  try {
    localStorage.setItem(kept, language);
  } catch {
    // a browser that keeps nothing: the choice lasts as long as the page
  }
  listeners.forEach((listener) => listener());
}

/** What the server is asked for: it words errors in Vietnamese or English. */
export const accepted = (): string => (isWhole(current.language) ? current.language : `${current.language}, en;q=0.8`);

/** Whether everything is said in it, so that nothing is read in English instead. */
export const isWhole = (language: Language): boolean => language === "vi" || language === "en";

/** For words outside a component; inside, useText() follows a change of language. */
export const say: T = (key, values) => current.t(key, values);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** `t("home.scan")` in the current language; the component follows a change of it. */
export const useText = (): Words => useSyncExternalStore(subscribe, () => current);

/** The right one of a text that comes in several languages; English for whoever reads neither it nor Vietnamese. */
export function pick(text: Readonly<Record<string, string | undefined>>, which: Language): string {
  return text[which] || (which === "vi" ? text["vi"] : text["en"]) || text["vi"] || text["en"] || "";
}
