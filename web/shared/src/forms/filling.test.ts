import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import {
  answersFrom,
  asDropDown,
  asksPlace,
  destinationUnit,
  flaws,
  isDestination,
  isDate,
  pictures,
  questions,
  readDate,
  removed,
  respond,
  shown,
  standing,
  textOf,
  unitOf,
  withInstance,
  withoutInstance,
  writeDate,
  type Answer,
  type Answers,
  type Item,
  type Questionnaire,
} from "./filling";
import type { EnableWhen } from "../questionnaire";

const form = (...item: Item[]): Questionnaire => ({
  resourceType: "Questionnaire",
  url: "https://luytre.example/forms/move",
  version: "3",
  item,
});
const yes = [{ valueBoolean: true }];
const no = [{ valueBoolean: false }];

const fever: Item = { linkId: "fever", type: "boolean", required: true };
const days: Item = {
  linkId: "days",
  type: "integer",
  required: true,
  enableWhen: [{ question: "fever", operator: "=", answerBoolean: true }],
};
const seen: Item = {
  linkId: "seen",
  type: "string",
  enableWhen: [{ question: "days", operator: ">", answerInteger: 3 }],
};

const ids = (questionnaire: Questionnaire, answers: Answers) =>
  questions(questionnaire, answers).map(({ item }) => item.linkId);

describe("which questions are asked", () => {
  test("a follow-up appears only after the answer it depends on", () => {
    expect(ids(form(fever, days), {})).toEqual(["fever"]);
    expect(ids(form(fever, days), { fever: no })).toEqual(["fever"]);
    expect(ids(form(fever, days), { fever: yes })).toEqual(["fever", "days"]);
  });

  test("an answer that is no longer shown does not count for later questions", () => {
    const answers = { days: [{ valueInteger: 5 }] };
    expect(ids(form(fever, days, seen), { ...answers, fever: yes })).toEqual(["fever", "days", "seen"]);
    expect(ids(form(fever, days, seen), { ...answers, fever: no })).toEqual(["fever"]);
  });

  test("the order of the questions in the form does not matter for conditions", () => {
    expect(ids(form(seen, days, fever), { fever: no, days: [{ valueInteger: 5 }] })).toEqual(["fever"]);
  });

  test("all and any", () => {
    const both = (enableBehavior: "all" | "any"): Item => ({
      linkId: "both",
      type: "string",
      enableBehavior,
      enableWhen: [
        { question: "a", operator: "=", answerBoolean: true },
        { question: "b", operator: "=", answerBoolean: true },
      ],
    });
    const a: Item = { linkId: "a", type: "boolean" };
    const b: Item = { linkId: "b", type: "boolean" };
    expect(shown(form(a, b, both("all")), { a: yes }).has("both")).toBe(false);
    expect(shown(form(a, b, both("any")), { a: yes }).has("both")).toBe(true);
    expect(shown(form(a, b, both("all")), { a: yes, b: yes }).has("both")).toBe(true);
  });

  test("codings compare by code, one of several answers is enough, != needs an answer", () => {
    const signs: Item = { linkId: "signs", type: "choice", repeats: true };
    const cough: Item = {
      linkId: "cough",
      type: "text",
      enableWhen: [{ question: "signs", operator: "=", answerCoding: { code: "cough" } }],
    };
    const other: Item = {
      linkId: "other",
      type: "text",
      enableWhen: [{ question: "signs", operator: "!=", answerCoding: { code: "none" } }],
    };
    const given = { signs: [{ valueCoding: { code: "fever" } }, { valueCoding: { code: "cough", display: "Ho" } }] };
    expect(ids(form(signs, cough, other), given)).toEqual(["signs", "cough", "other"]);
    expect(ids(form(signs, cough, other), {})).toEqual(["signs"]);
    expect(ids(form(signs, other), { signs: [{ valueCoding: { code: "none" } }] })).toEqual(["signs"]);
  });

  test("conditions hold as the server judges them", () => {
    const asked = (type: Item["type"], condition: Partial<EnableWhen>): Item[] => [
      { linkId: "q", type, repeats: true },
      { linkId: "then", type: "text", enableWhen: [{ question: "q", operator: "!=", ...condition }] },
    ];
    const opens = (items: Item[], ...q: Answer[]) => ids(form(...items), { q }).includes("then");
    const notNone = asked("open-choice", { answerCoding: { code: "none" } });
    expect(opens(notNone, { valueCoding: { code: "none" } }, { valueCoding: { code: "fever" } })).toBe(true);
    expect(opens(notNone, { valueCoding: { code: "none" } })).toBe(false);
    expect(opens(notNone, { valueString: "sốt" })).toBe(false); // of another kind: nothing can be said
    const date = (operator: EnableWhen["operator"], answerDate: string) => asked("date", { operator, answerDate });
    expect(opens(date("<", "2021-05-01"), { valueDate: "2021" })).toBe(false);
    expect(opens(date("<", "2022-01-01"), { valueDate: "2021" })).toBe(true);
    expect(opens(date(">=", "2021-01-01"), { valueDate: "2021" })).toBe(true);
    expect(opens(date("<=", "2021-02-28"), { valueDate: "2021-02" })).toBe(true);
    expect(opens(date("!=", "2021-02-28"), { valueDate: "2021-02" })).toBe(false);
    expect(opens(date("!=", "2021-03-01"), { valueDate: "2021-02" })).toBe(true);
    expect(opens(date("=", "2021-02-28"), { valueDate: "2021-02-28" })).toBe(true);
    expect(opens(date(">", "2021-02-28"), { valueDate: "2021-02-28" })).toBe(false);
  });

  test("exists works both ways, and a hidden group hides what is in it", () => {
    const note: Item = { linkId: "note", type: "string" };
    const group: Item = {
      linkId: "more",
      type: "group",
      enableWhen: [{ question: "note", operator: "exists", answerBoolean: true }],
      item: [{ linkId: "inner", type: "boolean", required: true }],
    };
    const empty: Item = {
      linkId: "why",
      type: "string",
      enableWhen: [{ question: "note", operator: "exists", answerBoolean: false }],
    };
    expect([...shown(form(note, group, empty), {})]).toEqual(["note", "why"]);
    expect([...shown(form(note, group, empty), { note: [{ valueString: "x" }] })]).toEqual(["note", "more", "inner"]);
  });

  test("conditions in a circle end", () => {
    const a: Item = {
      linkId: "a",
      type: "boolean",
      enableWhen: [{ question: "b", operator: "exists", answerBoolean: false }],
    };
    const b: Item = {
      linkId: "b",
      type: "boolean",
      enableWhen: [{ question: "a", operator: "exists", answerBoolean: false }],
    };
    expect(() => shown(form(a, b), { a: yes, b: yes })).not.toThrow();
  });
});

describe("what is missing or wrong", () => {
  test("nothing is answered beforehand: every required question is missing, also one whose form proposes a value", () => {
    const preset = { ...fever, initial: [{ valueBoolean: false }] } as Item;
    expect(flaws(form(preset), {})).toEqual([{ item: preset, key: "fever", flaw: "required" }]);
  });

  test("no is an answer, an empty text is none, a hidden question is not missing", () => {
    const name: Item = { linkId: "name", type: "string", required: true };
    expect(
      flaws(form(fever, days, name), { fever: no, name: [{ valueString: "  " }] }).map((f) => f.item.linkId),
    ).toEqual(["name"]);
  });

  test("length in letters, whole numbers, limits, real dates", () => {
    const short: Item = { linkId: "short", type: "string", maxLength: 3 };
    const count: Item = {
      linkId: "count",
      type: "integer",
      extension: [{ url: "http://hl7.org/fhir/StructureDefinition/maxValue", valueInteger: 14 }],
    };
    const since: Item = { linkId: "since", type: "date" };
    const flawsOf = (answers: Answers) => flaws(form(short, count, since), answers).map((f) => [f.item.linkId, f.flaw]);
    expect(
      flawsOf({ short: [{ valueString: "Hằn" }], count: [{ valueInteger: 14 }], since: [{ valueDate: "2024-02-29" }] }),
    ).toEqual([]);
    expect(
      flawsOf({
        short: [{ valueString: "Hằng" }],
        count: [{ valueInteger: 15 }],
        since: [{ valueDate: "2023-02-29" }],
      }),
    ).toEqual([
      ["short", "too_long"],
      ["count", "range"],
      ["since", "format"],
    ]);
    expect(flawsOf({ count: [{ valueInteger: 1.5 }] })).toEqual([["count", "format"]]);
  });

  test("dates", () => {
    expect(isDate("2026-11-21")).toBe(true);
    expect(isDate("2026-13-01")).toBe(false);
    expect(isDate("21/11/2026")).toBe(false);
  });
});

describe("the response", () => {
  test("holds what was shown and answered, nested as the form is, and names form and version", () => {
    const below: Item = {
      linkId: "below",
      type: "string",
      enableWhen: [{ question: "fever", operator: "=", answerBoolean: true }],
    };
    const questionnaire = form(
      { linkId: "health", type: "group", item: [{ ...fever, item: [below] }] },
      { linkId: "hint", type: "display" },
      days,
    );
    const response = respond(
      questionnaire,
      { fever: yes, below: [{ valueString: " đêm qua " }], gone: yes },
      "2026-11-21T01:00:00Z",
    );
    expect(response).toEqual({
      resourceType: "QuestionnaireResponse",
      questionnaire: "https://luytre.example/forms/move|3",
      status: "completed",
      authored: "2026-11-21T01:00:00Z",
      item: [
        {
          linkId: "health",
          item: [
            {
              linkId: "fever",
              answer: [{ valueBoolean: true, item: [{ linkId: "below", answer: [{ valueString: "đêm qua" }] }] }],
            },
          ],
        },
      ],
    });
  });

  test("answers given before a question disappeared are not sent", () => {
    const response = respond(form(fever, days), { fever: no, days: [{ valueInteger: 2 }] }, "2026-11-21T01:00:00Z");
    expect(response.item.map((item) => item.linkId)).toEqual(["fever"]);
  });
});

describe("repeating groups", () => {
  const stop: Item = {
    linkId: "stop",
    type: "group",
    repeats: true,
    item: [
      { linkId: "where", type: "string", required: true },
      { linkId: "met", type: "boolean" },
      {
        linkId: "whom",
        type: "string",
        required: true,
        enableBehavior: "all",
        enableWhen: [
          { question: "met", operator: "=", answerBoolean: true },
          { question: "fever", operator: "=", answerBoolean: true },
        ],
      },
    ],
  };
  const trip = form(fever, stop);
  const keys = (answers: Answers) => questions(trip, answers).map(({ key }) => key);
  const two: Answers = {
    fever: yes,
    stop: [{}, {}],
    "stop/0/where": [{ valueString: "Vinh" }],
    "stop/0/met": yes,
    "stop/1/where": [{ valueString: "Huế" }],
    "stop/1/met": no,
  };
  const group = (answers: Answers) => standing(trip, answers).find(({ key }) => key === "stop")!;

  test("ask nothing until one is added; a required one stands there once", () => {
    expect(keys({})).toEqual(["fever"]);
    expect(questions(form({ ...stop, required: true }), {}).map(({ key }) => key)).toEqual([
      "stop/0/where",
      "stop/0/met",
    ]);
    expect(keys(withInstance(group({}), {}))).toEqual(["fever", "stop/0/where", "stop/0/met"]);
    expect(keys(withInstance(group(two), two)).filter((key) => key.endsWith("where"))).toHaveLength(3);
  });

  test("a condition sees its own instance and what is outside", () => {
    expect(keys(two)).toEqual(["fever", "stop/0/where", "stop/0/met", "stop/0/whom", "stop/1/where", "stop/1/met"]);
    expect(keys({ ...two, fever: no })).not.toContain("stop/0/whom");
    expect(flaws(trip, two).map(({ key, flaw }) => [key, flaw])).toEqual([["stop/0/whom", "required"]]);
  });

  test("are sent side by side, and one taken away lets the next move up", () => {
    const said = { ...two, "stop/0/whom": [{ valueString: "bạn" }] };
    expect(respond(trip, said, "2026-11-21T01:00:00Z").item.slice(1)).toEqual([
      {
        linkId: "stop",
        item: [
          { linkId: "where", answer: [{ valueString: "Vinh" }] },
          { linkId: "met", answer: yes },
          { linkId: "whom", answer: [{ valueString: "bạn" }] },
        ],
      },
      {
        linkId: "stop",
        item: [
          { linkId: "where", answer: [{ valueString: "Huế" }] },
          { linkId: "met", answer: no },
        ],
      },
    ]);
    expect(answersFrom(trip, respond(trip, said, "2026-11-21T01:00:00Z"))).toEqual(said);
    const rest = withoutInstance({ of: "stop", index: 0, count: 2 }, said);
    expect(rest["stop/0/where"]).toEqual([{ valueString: "Huế" }]);
    expect(rest).not.toHaveProperty("stop/0/whom");
    expect(rest).not.toHaveProperty("stop/1/where");
    expect(rest.fever).toEqual(yes);
    const fewer = removed({ of: "stop", index: 0, count: 2 }, said);
    expect(respond(trip, fewer, "2026-11-21T01:00:00Z").item.filter(({ linkId }) => linkId === "stop")).toHaveLength(1);
  });
});

describe("units, and dates known in part", () => {
  const quantity = (value: number) => ({
    valueQuantity: { value, unit: "°C", system: "http://unitsofmeasure.org", code: "Cel" },
  });
  const heat: Item = {
    linkId: "heat",
    type: "quantity",
    extension: [
      {
        url: "http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
        valueCoding: { system: "http://unitsofmeasure.org", code: "Cel", display: "°C" },
      },
      {
        url: "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-maxQuantity",
        valueQuantity: { value: 43, code: "Cel" },
      },
    ],
  };

  test("a quantity has its question's unit and its limits, and conditions compare its number", () => {
    expect(unitOf(heat)).toEqual({ unit: "°C", system: "http://unitsofmeasure.org", code: "Cel" });
    expect(flaws(form(heat), { heat: [quantity(43)] })).toEqual([]);
    expect(flaws(form(heat), { heat: [quantity(43.1)] }).map(({ flaw }) => flaw)).toEqual(["range"]);
    expect(flaws(form(heat), { heat: [quantity(Number.NaN)] }).map(({ flaw }) => flaw)).toEqual(["format"]);
    const since: Item = {
      linkId: "since",
      type: "string",
      enableWhen: [{ question: "heat", operator: ">=", answerQuantity: { value: 38, code: "Cel" } }],
    };
    expect(ids(form(heat, since), { heat: [quantity(37.9)] })).toEqual(["heat"]);
    expect(ids(form(heat, since), { heat: [quantity(38)] })).toEqual(["heat", "since"]);
  });

  test("a date is taken as precisely as it is known, if the form allows it", () => {
    const asked = (least: string): Item => ({
      linkId: "day",
      type: "date",
      extension: [
        { url: "urn:luytre:extension:date-precision", valueCode: least },
        { url: "http://hl7.org/fhir/StructureDefinition/minValue", valueDate: "2021-03-15" },
      ],
    });
    const flaw = (least: string, text: string) =>
      flaws(form(asked(least)), { day: [{ valueDate: readDate(text) }] }).map((each) => each.flaw)[0];
    expect(["2021", "3/2021", "15/3/2021", "2022"].map((text) => flaw("year", text))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect([flaw("month", "2021"), flaw("month", "3/2021"), flaw("day", "3/2021")]).toEqual([
      "format",
      undefined,
      "format",
    ]);
    expect([flaw("year", "2020"), flaw("year", "2/2021"), flaw("year", "14/3/2021")]).toEqual([
      "range",
      "range",
      "range",
    ]);
    expect(["13/2021", "31/2/2021", "hè 2021", "20211"].map((text) => flaw("year", text))).toEqual(
      Array(4).fill("format"),
    );
    expect(writeDate(readDate("7/2021"))).toBe("07/2021");
  });
});

test("texts follow the standard translation extension", () => {
  const extended = {
    extension: [
      {
        url: "http://hl7.org/fhir/StructureDefinition/translation",
        extension: [
          { url: "lang", valueCode: "en" },
          { url: "content", valueString: "Fever" },
        ],
      },
    ],
  };
  expect(textOf("Sốt", extended, "en")).toBe("Fever");
  expect(textOf("Sốt", extended, "vi")).toBe("Sốt");
  expect(textOf("Sốt", undefined, "en")).toBe("Sốt");
  expect(textOf("Sốt", extended, "lo")).toBe("Fever"); // not translated yet: better English than a language not asked for
  expect(textOf("Sốt", undefined, "lo")).toBe("Sốt"); // and where there is no English, as it was written
});

test("long lists become drop-downs unless the form says otherwise", () => {
  const options = Array.from({ length: 9 }, (_, i) => ({ valueString: String(i) }));
  expect(asDropDown({ linkId: "a", type: "choice", answerOption: options })).toBe(true);
  expect(asDropDown({ linkId: "a", type: "choice", answerOption: options.slice(0, 8) })).toBe(false);
});

describe("where a journey leads", () => {
  const goal: Item = {
    linkId: "anything",
    type: "string",
    enableWhen: [{ question: "fever", operator: "=", answerBoolean: true }],
    extension: [{ url: "urn:luytre:extension:meaning", valueCode: "destination" }],
  };
  const units = { anything: "unit7", seen: "unit8" };

  test("is the unit chosen for the question that is marked so, while it is shown", () => {
    expect(destinationUnit(form(fever, goal), { fever: yes }, units)).toBe("unit7");
    expect(destinationUnit(form(fever, goal), { fever: no }, units)).toBeUndefined();
    expect(destinationUnit(form(fever, goal), { fever: yes }, {})).toBeUndefined();
    expect(destinationUnit(form(fever, seen), { fever: yes }, units)).toBeUndefined();
  });

  test("is asked once in the movement form, as a unit", () => {
    const file = new URL("../../../../data/forms/domestic-movement-2021-04-30.json", import.meta.url);
    const movement = JSON.parse(readFileSync(file, "utf8")) as Questionnaire;
    const marked = questions(movement, {}).filter(({ item }) => isDestination(item));
    expect(marked.map(({ item }) => [item.linkId, asksPlace(item)])).toEqual([["arrival-place", true]]);
  });
});

describe("pictures", () => {
  const tested: Item = { linkId: "tested", type: "boolean", required: true };
  const paper: Item = {
    linkId: "paper",
    type: "attachment",
    enableWhen: [{ question: "tested", operator: "=", answerBoolean: true }],
  };
  const taken = [{ valueAttachment: { contentType: "image/jpeg", url: "urn:uuid:1", data: "_9j_2Q" } }];

  test("the answers name a picture, its content goes beside them", () => {
    const answers = { tested: yes, paper: taken };
    expect(respond(form(tested, paper), answers, "2026-11-22T08:00:00Z").item[1]).toEqual({
      linkId: "paper",
      answer: [{ valueAttachment: { contentType: "image/jpeg", url: "urn:uuid:1" } }],
    });
    expect(pictures(form(tested, paper), answers)).toEqual({ pictures: [{ url: "urn:uuid:1", data: "_9j_2Q" }] });
    expect(flaws(form(tested, paper), answers)).toEqual([]);
  });

  test("one that is no longer asked for is not sent, and nobody has to have one", () => {
    const answers = { tested: no, paper: taken };
    expect(respond(form(tested, paper), answers, "2026-11-22T08:00:00Z").item).toHaveLength(1);
    expect(pictures(form(tested, paper), answers)).toEqual({});
    expect(flaws(form(tested, paper), { tested: yes })).toEqual([]);
  });

  test("a correction keeps the one that the server has", () => {
    const kept = { contentType: "image/jpeg", size: 9, hash: "3q2+7w==", url: "urn:luytre:declaration-picture:a7" };
    const begun = answersFrom(form(tested, paper), {
      resourceType: "QuestionnaireResponse",
      status: "completed",
      item: [
        { linkId: "tested", answer: yes },
        { linkId: "paper", answer: [{ valueAttachment: kept }] },
      ],
    });
    expect(respond(form(tested, paper), begun, "2026-11-22T08:00:00Z").item[1]?.answer).toEqual([
      { valueAttachment: kept },
    ]);
    expect(pictures(form(tested, paper), begun)).toEqual({});
  });
});
