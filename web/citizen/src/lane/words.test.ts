import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import en from "./en.json";
import vi from "./vi.json";

type Texts = { [key: string]: string | Texts };
const flat = (texts: Texts, before = ""): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`),
  );
const bare = (key: string) => key.replace(/_(one|other)$/, "");
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
const vietnamese = new Map(flat(vi).map(([key, text]) => [bare(key), text]));
// Other rooms name their own words the same way.
const source = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".test.ts"))
  .map((name) => ({ ours: name.startsWith("lane/"), text: readFileSync(join("src", name), "utf8") }))
  .filter(({ ours, text }) => ours || text.includes('/lane/words"'))
  .map(({ text }) => text)
  .join("\n");

test("both languages say the same things", () => {
  for (const [key, text] of flat(en)) expect([key, holes(vietnamese.get(bare(key)) ?? "missing")]).toEqual([key, holes(text)]);
  expect(new Set(flat(en).map(([key]) => bare(key)))).toEqual(new Set(vietnamese.keys()));
});

test("every word that is named is there, and none is left over", () => {
  const named = [...source.matchAll(/\bw\("([\w.]+)"/g)].map((match) => match[1]!);
  expect(named.filter((key) => !vietnamese.has(key))).toEqual([]);
  const beginnings = [...source.matchAll(/\bw\(`([\w.]+)\$\{/g)].map((match) => match[1]!);
  const used = (key: string) => named.includes(key) || beginnings.some((beginning) => key.startsWith(beginning));
  expect([...vietnamese.keys()].filter((key) => !used(key))).toEqual([]);
});

test("Vietnamese is written in composed letters", () => {
  for (const [key, text] of vietnamese) expect([key, text]).toEqual([key, text.normalize("NFC")]);
});
