// Texts by dotted key, in i18next's own file format: nested objects, {{holes}}, and `_one`, `_other` for numbers in
// `count`. i18next itself weighs 15 KB gzip, a tenth of what a cheap phone loads first; this is all the app used of
// it.

export type Texts = { readonly [key: string]: string | Texts };
export type T = (key: string, values?: Readonly<Record<string, unknown>>) => string;

function find(texts: Texts, key: string): string | undefined {
  let at: string | Texts | undefined = texts;
  for (const part of key.split(".")) at = typeof at === "object" ? at[part] : undefined;
  return typeof at === "string" ? at : undefined;
}

/**
 * A missing text is answered by `otherwise`, or by its key; a missing value leaves its hole: both are seen, neither breaks
 * a page.
 */
export function translator(texts: Texts, language: string, otherwise: T = (key) => key): T {
  let plural: Intl.PluralRules | undefined; // making one takes a cheap phone longer than all the rest of this
  return (key, values = {}) => {
    const count = values["count"];
    const numbered =
      typeof count === "number"
        ? (find(texts, `${key}_${(plural ??= new Intl.PluralRules(language)).select(count)}`) ??
          find(texts, `${key}_other`))
        : undefined;
    const text = numbered ?? find(texts, key);
    if (text === undefined) return otherwise(key, values);
    return text.replace(/\{\{(\w+)\}\}/g, (hole, name: string) => String(values[name] ?? hole));
  };
}
