import { expect, test } from "vitest";

import { specimensOn, specimenText } from "./specimens";

const specimen = (id: string) => ({ id, text: { vi: `${id} vi`, en: `${id} en` } });
const disease = {
  specimens: [
    { taken: [specimen("stool"), specimen("blood")], from: "2020-01-01", to: "2025-01-01", source: "s" },
    { taken: [specimen("rectal-swab"), specimen("stool")], from: "2025-01-01", source: "s" },
  ],
};

test("what is taken is that of the day, the usual first", () => {
  expect(specimensOn(disease, "2024-12-31").map((one) => one.id)).toEqual(["stool", "blood"]);
  expect(specimensOn(disease, "2025-01-01").map((one) => one.id)).toEqual(["rectal-swab", "stool"]);
  expect(specimensOn(disease, "2019-12-31")).toEqual([]);
  expect(specimensOn(undefined, "2025-01-01")).toEqual([]);
});

test("what was taken has its name, taken or not any more", () => {
  expect(specimenText(disease, "blood")?.en).toBe("blood en");
  expect(specimenText(disease, "saliva")).toBeUndefined();
  expect(specimenText(undefined, "stool")).toBeUndefined();
});
