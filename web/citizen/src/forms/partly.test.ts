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

test("a form is translated when its title, every question and every answer are", () => {
  expect(isTranslated(form(["en", "lo"], ["lo"]), "lo")).toBe(true);
  expect(isTranslated(form(["en"], ["en", "lo"]), "lo")).toBe(false);
  expect(isTranslated(form(["en", "lo"], ["en"]), "lo")).toBe(false);
  expect(isTranslated(form(["en", "lo"], ["lo"]), "km")).toBe(false);
});
