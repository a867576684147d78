import { expect, test } from "vitest";

import { languages } from "../../../data/languages.json";
import { countries, countriesLike, countryName, countryNamed, everywhere, nationOf, nations } from "./nations";

test("a passport's three letters are the record's two", () => {
  expect(nationOf("VNM")).toBe("VN");
  expect(nationOf("LAO")).toBe("LA");
  expect(nationOf("D<<")).toBe("DE");
  expect(nationOf("che")).toBe("CH");
});

test("what names no country is left open", () => {
  for (const code of ["XXA", "UNO", "UTO", "GUM", ""]) expect(nationOf(code)).toBeUndefined();
});

test("no two countries are written alike", () => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const two = new Map<string, string>();
  for (const a of letters)
    for (const b of letters)
      for (const c of letters) {
        const nation = nationOf(a + b + c);
        if (!nation || nation === "GB") continue;
        expect(nation).toMatch(/^[A-Z]{2}$/);
        expect(two.get(nation)).toBeUndefined();
        two.set(nation, a + b + c);
      }
  expect(new Set([...two.keys(), "GB"]), "what a passport says can be chosen").toEqual(new Set(nations));
});

test("every country can be chosen once, neighbours first, by its name in the language", () => {
  const vietnamese = countries("vi");
  expect(vietnamese.slice(0, 2).map(({ label }) => label)).toEqual(["Việt Nam", "Lào"]);
  expect(new Set(vietnamese.map(({ value }) => value))).toEqual(new Set(nations));
  expect(vietnamese).toHaveLength(nations.length);
  expect(countries("fr").find(({ value }) => value === "DE")?.label).toBe("Allemagne");
});

const names = (language: string, typed: string) => countriesLike(everywhere(language), typed).map(({ name }) => name);

test("a country is found by the beginning of its name or of a word, without diacritics, in Vietnamese and English", () => {
  expect(names("vi", "han quoc")).toEqual(["Hàn Quốc"]);
  expect(names("vi", "Hàn q")).toEqual(["Hàn Quốc"]);
  expect(names("vi", "korea")).toContain("Hàn Quốc");
  expect(names("vi", "đu")).toContain("Đức");
  expect(names("vi", "duc")).toContain("Đức");
  expect(names("vi", "quoc")).toContain("Trung Quốc");
  expect(names("en", "han quoc")).toEqual(["South Korea"]);
  expect(names("fr", "allem")).toEqual(["Allemagne"]);
  expect(names("vi", "KOR")[0]).toBe("Hàn Quốc");
  expect(names("vi", "x y z")).toEqual([]);
});

test("what is typed most comes first, and before anything is typed the neighbours", () => {
  expect(names("vi", "my").slice(0, 2)).toEqual(["Hoa Kỳ", "Myanmar (Miến Điện)"]);
  expect(names("vi", " ")).toEqual(["Việt Nam", "Lào", "Campuchia", "Trung Quốc", "Thái Lan"]);
  expect(names("vi", "a")).toHaveLength(8);
});

test("a name that is written out is its country, the beginning of one is not", () => {
  const all = everywhere("vi");
  expect(countryNamed(all, "lao")?.code).toBe("LA");
  expect(countryNamed(all, "Anh")?.code).toBe("GB");
  expect(countryNamed(all, "guinea")?.code).toBe("GN");
  for (const none of ["", "La", "Tàu trên biển"]) expect(countryNamed(all, none)).toBeUndefined();
});

test("no name stands for two, and territories are among where somebody was, not what they are", () => {
  for (const { code } of languages) {
    const keys = everywhere(code).flatMap((one) => one.keys);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i), code).toEqual([]);
  }
  expect(everywhere("vi")).toHaveLength(249);
  expect(countryNamed(everywhere("vi"), "Guam")?.code).toBe("GU");
  expect(nations).not.toContain("GU");
  expect(nations).toContain("TW");
  expect(countryName("XK", "vi")).toBe("Kosovo");
});
