import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

import en from "./en.json";
import { pageTexts, pick, say } from ".";
import { languages } from "./languages";
import later from "./later/vi.json";
import first from "./vi.json";

type Texts = { [key: string]: string | Texts };

function flat(texts: Texts, before = ""): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === "string" ? [[before + key, value] as const] : [...flat(value, `${before}${key}.`)],
    ),
  );
}

const vietnamese = flat({ ...first, ...later });
const english = flat(en);
const bare = (key: string) => key.replace(/_(one|other)$/, "");
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".test.ts"))
  .map((name) => readFileSync(join("src", name), "utf8"));

describe("texts", () => {
  test("both languages have the same keys", () => {
    expect(new Set([...english.keys()].map(bare))).toEqual(new Set([...vietnamese.keys()].map(bare)));
  });

  test("both languages fill in the same things", () => {
    for (const [key, text] of english) {
      const other = vietnamese.get(key) ?? vietnamese.get(bare(key) + "_other")!;
      expect([key, holes(text)]).toEqual([key, holes(other)]);
    }
  });

  test("every text that the source names is there", () => {
    const known = new Set([...vietnamese.keys()].map(bare));
    const named = sources.flatMap((source) =>
      [...source.matchAll(/\b(?:t|say)\("([\w.]+)"/g)].map((match) => match[1]!),
    );
    expect(named.length).toBeGreaterThan(200);
    expect(named.filter((key) => !known.has(key))).toEqual([]);
  });

  test("eleven languages may be chosen, and each says in its own words that the rest is in English", () => {
    expect(languages.map(({ code }) => code)).toHaveLength(11);
    expect(languages.filter(({ state }) => state === "complete").map(({ code }) => code)).toEqual(["vi", "en"]);
    const files = readdirSync("src/i18n").filter((name) => name.endsWith(".json"));
    expect(files.map((name) => name.replace(".json", "")).sort()).toEqual(languages.map(({ code }) => code).sort());
    for (const file of files) {
      const texts = flat(JSON.parse(readFileSync(join("src/i18n", file), "utf8")) as Texts);
      expect(texts.get("language.own")).toBe(languages.find(({ code }) => `${code}.json` === file)!.name);
      expect(texts.get("language.partly")).toBeTruthy();
      for (const [key, text] of texts) {
        const original = english.get(key) ?? english.get(bare(key) + "_other");
        expect([file, key, original && holes(original)]).toEqual([file, key, holes(text)]);
      }
    }
  });

  test("a text that is missing in somebody's language is read in English, then in Vietnamese", () => {
    for (const { code } of languages) {
      expect(pick({ vi: "Sốt", en: "Fever", [code]: code }, code)).toBe(code);
      expect(pick({ vi: "Sốt", en: "Fever" }, code)).toBe(code === "vi" ? "Sốt" : "Fever");
      expect(pick({ vi: "Sốt" }, code)).toBe("Sốt");
    }
    expect(pick({ en: "Fever" }, "vi")).toBe("Fever");
  });

  test("the rest of the Vietnamese comes with the first page that needs it", async () => {
    expect(Object.keys(later).filter((key) => key in first)).toEqual([]);
    expect(say("pin.title")).toBe("pin.title");
    await pageTexts();
    expect(say("pin.title")).toBe(later.pin.title);
    expect(say("home.scan")).toBe(first.home.scan);
  });

  test("the first pages say nothing that comes later", () => {
    const read = new Map<string, string>();
    const visit = (path: string) => {
      const file = [path, `${path}.tsx`, `${path}.ts`, `${path}/index.ts`].find((name) => /\.tsx?$/.test(name) && existsSync(name));
      if (!file || read.has(file)) return;
      const text = readFileSync(file, "utf8").replaceAll(/\bpage\(.*/g, ""); // the router's other pages
      read.set(file, text);
      for (const [, other] of text.matchAll(/(?:from |import\()"(\.[^"]*)"/g)) visit(join(dirname(file), other!));
    };
    visit("src/main.tsx");
    expect([...read.keys()]).toEqual(expect.arrayContaining(["src/pages/SignIn.tsx", "src/pages/Home.tsx", "src/app/Shell.tsx"]));
    expect([...read.keys()]).not.toContain("src/pages/Settings.tsx");
    const named = [...read].flatMap(([file, text]) =>
      [...text.matchAll(/["`](\w+)\.[\w.]*(?:["`]|\$\{)/g)].filter(([, key]) => key! in later).map(([key]) => `${file}: ${key}`),
    );
    expect(named).toEqual([]);
  });

  test("no text is left over", () => {
    const all = sources.join("\n");
    const beginnings = new Set([...all.matchAll(/t\(`([\w.]+)\$\{/g)].map((match) => match[1]!));
    const groups = [...all.matchAll(/say\(t, "(\w+)"/g)].map((match) => `access.${match[1]}.`);
    const used = (key: string) =>
      all.includes(`"${key}"`) || [...beginnings, ...groups].some((beginning) => key.startsWith(beginning));
    expect([...vietnamese.keys()].map(bare).filter((key) => !used(key))).toEqual([]);
  });

  test("Vietnamese is written in composed letters", () => {
    for (const [key, text] of vietnamese) expect([key, text]).toEqual([key, text.normalize("NFC")]);
  });
});
