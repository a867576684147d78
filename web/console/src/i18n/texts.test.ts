import { expect, test } from "vitest";

import en from "./en";
import vi from "./vi";

/** Every key with its placeholders; plural forms count as one key, for Vietnamese has one form where English has two. */
function keys(texts: object, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    const name = prefix + key.replace(/_(one|other)$/, "");
    if (typeof value === "string") {
      const places = [...value.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
      if (!found.has(name) || key.endsWith("_other")) found.set(name, [...new Set(places)].join(" "));
    } else for (const [inner, places] of keys(value as object, `${name}.`)) found.set(inner, places);
  }
  return found;
}

test("both languages have the same texts with the same placeholders", () => {
  expect(Object.fromEntries(keys(en))).toEqual(Object.fromEntries(keys(vi)));
});

test("plurals have every form their language needs", () => {
  const forms = (texts: object): string[] =>
    Object.entries(texts).flatMap(([key, value]) => (typeof value === "string" ? [key] : forms(value as object).map((inner) => `${key}.${inner}`)));
  const english = new Set(forms(en));
  for (const key of english) if (key.endsWith("_other")) expect(english).toContain(key.replace(/_other$/, "_one"));
  for (const key of forms(vi)) expect(key).not.toMatch(/_one$/);
});
