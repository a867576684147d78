import { expect, test } from "vitest";

import { countries, nationOf, nations } from "./nations";

test("a passport's three letters are the record's two", () => {
  expect(nationOf("VNM")).toBe("VN");
  expect(nationOf("LAO")).toBe("LA");
  expect(nationOf("D<<")).toBe("DE");
  expect(nationOf("che")).toBe("CH");
});

test("what names no country is left open", () => {
  for (const code of ["XXA", "UNO", "UTO", ""]) expect(nationOf(code)).toBeUndefined();
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
  expect(two.size).toBeGreaterThan(190);
});

test("every country can be chosen once, neighbours first, by its name in the language", () => {
  const vietnamese = countries("vi");
  expect(vietnamese.slice(0, 2).map(({ label }) => label)).toEqual(["Việt Nam", "Lào"]);
  expect(new Set(vietnamese.map(({ value }) => value))).toEqual(new Set(nations));
  expect(vietnamese).toHaveLength(nations.length);
  expect(countries("fr").find(({ value }) => value === "DE")?.label).toBe("Allemagne");
});
