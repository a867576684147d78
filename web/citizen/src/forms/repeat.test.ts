import { expect, test } from "vitest";

import type { Questionnaire, QuestionnaireResponse } from "@luytre/shared/filling";
import { repeatable } from "./repeat";

const form: Questionnaire = {
  resourceType: "Questionnaire",
  version: "2",
  item: [
    {
      linkId: "now",
      type: "group",
      item: [
        { linkId: "heat", type: "quantity" },
        { linkId: "fever", type: "boolean", required: true },
      ],
    },
  ],
};
const response: QuestionnaireResponse = {
  resourceType: "QuestionnaireResponse",
  status: "completed",
  item: [
    {
      linkId: "now",
      item: [
        { linkId: "heat", answer: [{ valueQuantity: { value: 38, code: "Cel" } }] },
        { linkId: "fever", answer: [{ valueBoolean: true }] },
      ],
    },
  ],
};
const now = Date.parse("2026-11-21T02:00:00Z"); // 09:00 local
const last = (at: string) => ({ formVersion: "2", at, response });

test("yesterday's answers can be said again, but not what was measured", () => {
  const again = repeatable(form, last("2026-11-19T17:00:00Z"), now, 1); // 00:00 of yesterday, local
  expect(again?.item).toEqual([{ linkId: "now", item: [{ linkId: "fever", answer: [{ valueBoolean: true }] }] }]);
});

test("not those of the day before, of another version, of the future, or of a form that must be measured for", () => {
  expect(repeatable(form, last("2026-11-19T16:59:59Z"), now, 1)).toBeUndefined();
  expect(repeatable(form, last("2026-11-21T02:00:01Z"), now, 1)).toBeUndefined();
  expect(repeatable({ ...form, version: "3" }, last("2026-11-21T01:00:00Z"), now, 1)).toBeUndefined();
  const measured = structuredClone(form);
  measured.item![0]!.item![0]!.required = true;
  expect(repeatable(measured, last("2026-11-21T01:00:00Z"), now, 1)).toBeUndefined();
  expect(repeatable(form, undefined, now, 1)).toBeUndefined();
});

test("how far back is the rule set's to say", () => {
  expect(repeatable(form, last("2026-10-30T17:00:00Z"), now, 21)).toBeDefined(); // 00:00 of the 31st of October, local
  expect(repeatable(form, last("2026-10-30T16:59:59Z"), now, 21)).toBeUndefined();
  expect(repeatable(form, last("2026-11-21T01:00:00Z"), now, 0)).toBeUndefined();
});

test("a picture is of that day, and is not said again", () => {
  const pictured: Questionnaire = { ...form, item: [{ linkId: "fever", type: "boolean" }, { linkId: "paper", type: "attachment" }] };
  const said: QuestionnaireResponse = {
    ...response,
    item: [
      { linkId: "fever", answer: [{ valueBoolean: true }] },
      { linkId: "paper", answer: [{ valueAttachment: { url: "urn:luytre:declaration-picture:a7" } }] },
    ],
  };
  const last = { formVersion: "2", at: "2026-11-20T01:00:00Z", response: said };
  expect(repeatable(pictured, last, Date.parse("2026-11-21T01:00:00Z"), 2)?.item).toEqual([said.item[0]]);
});
