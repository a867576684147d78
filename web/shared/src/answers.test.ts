import type { Questionnaire, QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { expect, test } from "vitest";

import { saidIn } from "./answers";

const english = (content: string) => ({
  extension: [
    {
      url: "http://hl7.org/fhir/StructureDefinition/translation",
      extension: [
        { url: "lang", valueCode: "en" },
        { url: "content", valueString: content },
      ],
    },
  ],
});

const form: Questionnaire = {
  resourceType: "Questionnaire",
  item: [
    {
      linkId: "trip",
      type: "group",
      text: "Chuyến đi",
      _text: english("Journey"),
      item: [
        { linkId: "means", type: "choice", text: "Phương tiện", answerOption: [{ valueCoding: { code: "car", display: "Xe riêng", _display: english("Own car") } }] },
        { linkId: "day", type: "date", text: "Ngày đi" },
        { linkId: "seat", type: "string", text: "Số ghế" },
      ],
    },
    { linkId: "fever", type: "boolean", text: "Có sốt không?", item: [{ linkId: "since", type: "string", text: "Từ khi nào" }] },
  ],
};
const response: QuestionnaireResponse = {
  resourceType: "QuestionnaireResponse",
  status: "completed",
  item: [
    {
      linkId: "trip",
      item: [
        { linkId: "means", answer: [{ valueCoding: { code: "car" } }] },
        { linkId: "day", answer: [{ valueDate: "2026-11-05" }] },
      ],
    },
    { linkId: "fever", answer: [{ valueBoolean: true, item: [{ linkId: "since", answer: [{ valueString: "hôm qua" }] }] }] },
  ],
};

test("answers stand in the form's order and words; what was not asked is left out", () => {
  expect(saidIn(form, response, ["fever"], "vi")).toEqual([
    {
      title: undefined,
      said: [
        { linkId: "fever", question: "Có sốt không?", answers: [true], decided: true },
        { linkId: "since", question: "Từ khi nào", answers: ["hôm qua"], decided: false },
      ],
    },
    {
      title: "Chuyến đi",
      said: [
        { linkId: "means", question: "Phương tiện", answers: ["Xe riêng"], decided: false },
        { linkId: "day", question: "Ngày đi", answers: ["05/11/2026"], decided: false },
      ],
    },
  ]);
});

test("in English where the form has it, else as written", () => {
  const [, trip] = saidIn(form, response, [], "en");
  expect(trip?.title).toBe("Journey");
  expect(trip?.said[0]).toMatchObject({ question: "Phương tiện", answers: ["Own car"] });
});
