import { expect, test } from "vitest";

import { translator } from "./translate";

const t = translator(
  { a: { b: "Chào {{name}}, {{name}}" }, visits_one: "{{count}} visit", visits_other: "{{count}} visits" },
  "en",
);

test("texts are found by dotted key and filled in, as they are", () => {
  expect(t("a.b", { name: "<An> & $1" })).toBe("Chào <An> & $1, <An> & $1");
});

test("numbers choose the form that the language wants", () => {
  expect([0, 1, 2].map((count) => t("visits", { count }))).toEqual(["0 visits", "1 visit", "2 visits"]);
  expect(translator({ visits_other: "{{count}} nơi" }, "vi")("visits", { count: 1 })).toBe("1 nơi");
});

test("what is missing is seen and breaks nothing", () => {
  expect(t("a.none")).toBe("a.none");
  expect(t("a")).toBe("a");
  expect(t("a.b.c")).toBe("a.b.c");
  expect(t("a.b")).toBe("Chào {{name}}, {{name}}");
});

test("what a language does not say is said in another, with its own numbers", () => {
  const lao = translator({ a: { b: "ສະບາຍດີ {{name}}" } }, "lo", t);
  expect(lao("a.b", { name: "An" })).toBe("ສະບາຍດີ An");
  expect(lao("visits", { count: 1 })).toBe("1 visit");
  expect(lao("a.none")).toBe("a.none");
});
