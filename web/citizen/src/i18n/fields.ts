// Sentences for field errors, from the texts that the server and both apps share (data/i18n). Loaded when the first
// form goes wrong.

import type { FieldError } from "@luytre/shared/api";

import type { Language } from ".";

export type FieldTexts = Record<string, string>;

export async function fieldTexts(language: Language): Promise<FieldTexts> {
  const { default: texts } =
    language === "vi" ? await import("virtual:luytre-texts/vi") : await import("virtual:luytre-texts/en");
  return texts.fields;
}

/** "fields.<code>", with {params} filled in; undefined where nobody wrote a sentence. */
export function wording(texts: FieldTexts | undefined, { code, params = {} }: FieldError): string | undefined {
  return texts?.[code]?.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
}
