import { expect, test } from "vitest";

import type { Extension, Questionnaire } from "@luytre/shared/questionnaire";

import { isTranslated } from "./Partly";

const said = (...languages: string[]): { extension: Extension[] } => ({
  extension: languages.map((lang) => ({
    url: "http://hl7.org/fhir/StructureDefinition/translation",
    extension: [
      { url: "lang", valueCode: lang },
      { url: "content", valueString: lang },
    ],
  })),
});

const form = (option: string[], inner: string[]): Questionnaire => ({
  resourceType: "Questionnaire",
  _title: said("en", "lo"),
  item: [
    {
      linkId: "g",
      type: "group",
      _text: said("en", "lo"),
      item: [
        { linkId: "c", type: "choice", _text: said(...inner), answerOption: [{ valueCoding: { code: "x", _display: said(...option) } }] },
      ],
    },
  ],
});

test("names of places need no translation", () => {
  const asked = form(["en", "lo"], ["lo"]);
  const gate = { linkId: "gate", type: "open-choice" as const, _text: said("en", "lo") };
  const withGate = (valueCoding: { system?: string; code: string; display: string }): Questionnaire => ({
    ...asked,
    item: [...asked.item!, { ...gate, answerOption: [{ valueCoding }] }],
  });
  expect(isTranslated(withGate({ system: "urn:luytre:place", code: "7", display: "Lao Bảo" }), "lo")).toBe(true);
  expect(isTranslated(withGate({ code: "7", display: "Lao Bảo" }), "lo")).toBe(false);
});

test("a form is translated when its title, every question and every answer are", () => {
  expect(isTranslated(form(["en", "lo"], ["lo"]), "lo")).toBe(true);
  expect(isTranslated(form(["en"], ["en", "lo"]), "lo")).toBe(false);
  expect(isTranslated(form(["en", "lo"], ["en"]), "lo")).toBe(false);
  expect(isTranslated(form(["en", "lo"], ["lo"]), "km")).toBe(false);
});
