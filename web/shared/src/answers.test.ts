import { countryCodes, countrySet, type Item, type Questionnaire, type QuestionnaireResponse } from "./questionnaire";
import { expect, test } from "vitest";

import { changes, saidIn, sayAnswer } from "./answers";

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
test("a country is said in the reader's language, in Vietnamese by the name that was kept", () => {
  const item: Item = { linkId: "from", type: "open-choice", answerValueSet: countrySet };
  const answer = { valueCoding: { system: countryCodes, code: "KR", display: "Đại Hàn" } };
  expect(sayAnswer(item, answer, "vi")).toBe("Đại Hàn");
  expect(sayAnswer(item, answer, "en")).toBe("South Korea");
  expect(sayAnswer(item, { valueString: "Tàu trên biển" }, "en")).toBe("Tàu trên biển");
});

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

test("each instance of a repeating group is said apart, with units, and dates as far as they are known", () => {
  const repeating: Questionnaire = {
    resourceType: "Questionnaire",
    item: [
      { linkId: "heat", type: "quantity", text: "Thân nhiệt" },
      {
        linkId: "dose",
        type: "group",
        text: "Vắc xin",
        repeats: true,
        item: [
          { linkId: "name", type: "string", text: "Tên" },
          { linkId: "when", type: "date", text: "Khi nào" },
        ],
      },
    ],
  };
  const dose = (name: string, when: string) => ({
    linkId: "dose",
    item: [
      { linkId: "name", answer: [{ valueString: name }] },
      { linkId: "when", answer: [{ valueDate: when }] },
    ],
  });
  const groups = saidIn(
    repeating,
    {
      resourceType: "QuestionnaireResponse",
      status: "completed",
      item: [{ linkId: "heat", answer: [{ valueQuantity: { value: 38.5, unit: "°C", code: "Cel" } }] }, dose("A", "2021-07"), dose("B", "2020")],
    },
    [],
    "vi",
  );
  expect(groups.map(({ title, said }) => [title, said.map(({ answers }) => answers[0])])).toEqual([
    [undefined, ["38,5 °C"]],
    ["Vắc xin (1)", ["A", "07/2021"]],
    ["Vắc xin (2)", ["B", "2020"]],
  ]);
});

test("a correction is told by what it says otherwise: changed, new, gone", () => {
  const say = (...item: QuestionnaireResponse["item"]): QuestionnaireResponse => ({ ...response, item });
  const before = say({ linkId: "trip", item: [{ linkId: "seat", answer: [{ valueString: "12" }] }] }, { linkId: "fever", answer: [{ valueBoolean: false }] });
  const after = say(
    { linkId: "trip", item: [{ linkId: "day", answer: [{ valueDate: "2026-11-05" }] }] },
    { linkId: "fever", answer: [{ valueBoolean: true }] },
  );
  expect(changes({ form, response: before }, { form, response: after }, "vi")).toEqual([
    { question: "Có sốt không?", before: [false], after: [true] },
    { question: "Ngày đi", before: [], after: ["05/11/2026"] },
    { question: "Số ghế", before: ["12"], after: [] },
  ]);
  expect(changes({ form, response: after }, { form, response: after }, "vi")).toEqual([]);
});

test("a picture is told by its id, and another one is a change", () => {
  const asked: Questionnaire = { resourceType: "Questionnaire", item: [{ linkId: "paper", type: "attachment", text: "Ảnh" }] };
  const named = (id: string): QuestionnaireResponse => ({
    resourceType: "QuestionnaireResponse",
    status: "completed",
    item: [{ linkId: "paper", answer: [{ valueAttachment: { url: `urn:luytre:declaration-picture:${id}`, size: 9 } }] }],
  });
  expect(saidIn(asked, named("a7"), [], "vi")[0]?.said[0]?.answers).toEqual([{ picture: "a7" }]);
  expect(changes({ form: asked, response: named("a7") }, { form: asked, response: named("a7") }, "vi")).toEqual([]);
  expect(changes({ form: asked, response: named("a7") }, { form: asked, response: named("b8") }, "vi")).toEqual([
    { question: "Ảnh", before: [{ picture: "a7" }], after: [{ picture: "b8" }] },
  ]);
});
