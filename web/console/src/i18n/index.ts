// Vietnamese first, English second. Both are bundled as separate chunks; only the one in use is loaded.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";

export type Language = "vi" | "en";

const kept = "luytre.language";

const texts: Record<Language, () => Promise<{ default: object }>> = {
  vi: () => import("./vi"),
  en: () => import("./en"),
};

function chosen(): Language {
  try {
    return localStorage.getItem(kept) === "en" ? "en" : "vi";
  } catch {
    return "vi";
  }
}

async function load(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", (await texts[language]()).default);
  }
}

export async function startTexts(): Promise<void> {
  const language = chosen();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: {},
    supportedLngs: ["vi", "en"],
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function speak(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(kept, language);
  } catch {
    // A browser that keeps nothing: the choice lasts until the page is closed.
  }
}

/** "vi" or "en", for what is worded outside the texts: times, and texts that come from the server in both languages. */
export function languageOf(code: string): Language {
  return code === "en" ? "en" : "vi";
}
