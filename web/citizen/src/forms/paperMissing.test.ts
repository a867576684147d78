import { expect, test } from "vitest";

import type { Questionnaire } from "@luytre/shared/questionnaire";

import { lacksPaper } from "./PaperMissing";

const form = (meaning: string): Questionnaire => ({
  resourceType: "Questionnaire",
  item: [
    {
      linkId: "journey",
      type: "group",
      item: [
        { linkId: "gate", type: "string", extension: [{ url: "urn:luytre:extension:meaning", valueCode: meaning }] },
      ],
    },
  ],
});

test("a form about a gate goes with a paper, others with none", () => {
  expect(lacksPaper(form("gate"), { version: 1 })).toBe(true);
  expect(lacksPaper(form("gate"), { version: 1, paperMasked: "…567" })).toBe(false);
  expect(lacksPaper(form("destination"), { version: 1 })).toBe(false);
});

test("a device that keeps names alone does not know", () => {
  expect(lacksPaper(form("gate"), {})).toBe(false);
});
