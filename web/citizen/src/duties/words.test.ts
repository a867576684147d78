import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import en from "./words.en.json";
import vi from "./words.vi.json";

type Texts = { [key: string]: string | Texts };
const flat = (texts: Texts, before = ""): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`),
  );
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

test("both languages say the same, with the same things filled in", () => {
  expect(flat(en).map(([key, text]) => [key, holes(text)])).toEqual(
    flat(vi).map(([key, text]) => [key, holes(text)]),
  );
});

test("every text that the pages name is there, and none is left over", () => {
  const source = readdirSync("src/duties")
    .filter((name) => name.endsWith(".tsx"))
    .map((name) => readFileSync(join("src/duties", name), "utf8"))
    .join("\n");
  const named = [...source.matchAll(/\bw\("([\w.]+)"/g)].map((match) => match[1]!);
  const groups = [...source.matchAll(/\bw\(`([\w.]+)\$\{/g)].map((match) => match[1]!);
  const known = flat(vi).map(([key]) => key);
  expect(named.filter((key) => !known.includes(key))).toEqual([]);
  expect(known.filter((key) => !named.includes(key) && !groups.some((group) => key.startsWith(group)))).toEqual([]);
});
