// A FHIR R4 Questionnaire as the declaration pages need it: which questions are to be asked given the answers so far,
// what is still missing, and the QuestionnaireResponse. Pure: no React, no clock. Initial values in a form are ignored
// on purpose: nobody but the person answers a question.

import {
  optionText,
  textOf,
  type Answer,
  type AnswerOption,
  type Coding,
  type EnableWhen,
  type Item,
  type Questionnaire,
  type QuestionnaireResponse,
  type ResponseItem,
} from "@luytre/shared/questionnaire";

export { optionText, textOf };
export type { Answer, AnswerOption, Item, Questionnaire, QuestionnaireResponse };

/** Answers by linkId. A question without answer is absent or an empty list. */
export type Answers = Readonly<Record<string, readonly Answer[]>>;

export function optionAnswer(option: AnswerOption): Answer {
  if (option.valueCoding) {
    const { system, code, display } = option.valueCoding;
    return { valueCoding: { ...(system ? { system } : {}), code, ...(display ? { display } : {}) } };
  }
  if (option.valueInteger !== undefined) return { valueInteger: option.valueInteger };
  if (option.valueDate !== undefined) return { valueDate: option.valueDate };
  return { valueString: option.valueString ?? "" };
}

type Comparable = boolean | number | string;

function comparable(value: Partial<Record<string, unknown>>, prefix: "value" | "answer"): Comparable | undefined {
  const coding = value[prefix + "Coding"] as Coding | undefined;
  if (coding) return coding.code;
  for (const kind of ["Boolean", "Integer", "Decimal", "Date", "DateTime", "Time", "String"]) {
    const found = value[prefix + kind];
    if (found !== undefined) return found as Comparable;
  }
  return undefined;
}

export function sameAnswer(one: Answer, other: Answer): boolean {
  if (one.valueCoding && other.valueCoding)
    return (
      one.valueCoding.code === other.valueCoding.code &&
      (one.valueCoding.system ?? "") === (other.valueCoding.system ?? "")
    );
  return comparable({ ...one }, "value") === comparable({ ...other }, "value");
}

function holds(condition: EnableWhen, given: readonly Answer[]): boolean {
  if (condition.operator === "exists") return given.length > 0 === (condition.answerBoolean ?? true);
  const wanted = comparable({ ...condition }, "answer");
  if (wanted === undefined) return false;
  const values = given.map((answer) => comparable({ ...answer }, "value"));
  switch (condition.operator) {
    case "=":
      return values.some((value) => value === wanted);
    case "!=": // of a question without answer nothing can be said
      return values.length > 0 && values.every((value) => value !== wanted);
    case ">":
      return values.some((value) => value !== undefined && value > wanted);
    case "<":
      return values.some((value) => value !== undefined && value < wanted);
    case ">=":
      return values.some((value) => value !== undefined && value >= wanted);
    case "<=":
      return values.some((value) => value !== undefined && value <= wanted);
  }
}

function* everyItem(items: readonly Item[] | undefined): Generator<Item> {
  for (const item of items ?? []) {
    yield item;
    yield* everyItem(item.item);
  }
}

/**
 * The linkIds to be shown. An answer to a question that is not shown does not count, so the set is the stable one
 * reached from all.
 */
export function shown(form: Questionnaire, answers: Answers): ReadonlySet<string> {
  // Each round settles at least one item, or the form's conditions go in a circle.
  const most = 1 + [...everyItem(form.item)].length;
  let current = new Set([...everyItem(form.item)].map((item) => item.linkId));
  for (let round = 0; round < most; ++round) {
    const next = new Set<string>();
    const visit = (items: readonly Item[] | undefined) => {
      for (const item of items ?? []) {
        const conditions = item.enableWhen ?? [];
        const met = (condition: EnableWhen) =>
          holds(condition, current.has(condition.question) ? (answers[condition.question] ?? []) : []);
        const enabled =
          conditions.length === 0 || (item.enableBehavior === "any" ? conditions.some(met) : conditions.every(met));
        if (!enabled) continue;
        next.add(item.linkId);
        visit(item.item);
      }
    };
    visit(form.item);
    if (next.size === current.size && [...next].every((id) => current.has(id))) break;
    current = next;
  }
  return current;
}

export const isQuestion = (item: Item): boolean => item.type !== "group" && item.type !== "display";

/** Questions shown, in the form's order. */
export function questions(form: Questionnaire, answers: Answers): Item[] {
  const visible = shown(form, answers);
  return [...everyItem(form.item)].filter((item) => visible.has(item.linkId) && isQuestion(item));
}

const answered = (item: Item, answers: Answers): boolean =>
  (answers[item.linkId] ?? []).some((answer) => {
    const value = comparable({ ...answer }, "value");
    return value !== undefined && (typeof value !== "string" || value.trim() !== "");
  });

export type Flaw = "required" | "too_long" | "range" | "format";

/** What stands between the answers and sending, in the form's order: at most one flaw a question. */
export function flaws(form: Questionnaire, answers: Answers): { item: Item; flaw: Flaw }[] {
  const found: { item: Item; flaw: Flaw }[] = [];
  for (const item of questions(form, answers)) {
    if (!answered(item, answers)) {
      if (item.required) found.push({ item, flaw: "required" });
      continue;
    }
    const flaw = (answers[item.linkId] ?? []).map((answer) => flawOf(item, answer)).find(Boolean);
    if (flaw) found.push({ item, flaw });
  }
  return found;
}

function limit(item: Item, name: "minValue" | "maxValue"): Comparable | undefined {
  const found = item.extension?.find(({ url }) => url === `http://hl7.org/fhir/StructureDefinition/${name}`);
  return found?.valueInteger ?? found?.valueDecimal ?? found?.valueDate;
}

function flawOf(item: Item, answer: Answer): Flaw | undefined {
  const value = comparable({ ...answer }, "value");
  if (value === undefined) return undefined;
  if (item.maxLength !== undefined && typeof value === "string" && [...value].length > item.maxLength)
    return "too_long";
  if (item.type === "integer" && !Number.isInteger(value)) return "format";
  if (item.type === "decimal" && !Number.isFinite(value)) return "format";
  if (item.type === "date" && !isDate(String(value))) return "format";
  const least = limit(item, "minValue");
  const most = limit(item, "maxValue");
  if ((least !== undefined && value < least) || (most !== undefined && value > most)) return "range";
  return undefined;
}

export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const date = new Date(text + "T00:00:00Z");
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The response to send: only what was shown and answered, nested as the form is. */
export function respond(form: Questionnaire, answers: Answers, authored: string): QuestionnaireResponse {
  const visible = shown(form, answers);
  const collect = (items: readonly Item[] | undefined): ResponseItem[] =>
    (items ?? []).flatMap((item): ResponseItem[] => {
      if (!visible.has(item.linkId) || item.type === "display") return [];
      const below = collect(item.item);
      if (item.type === "group") return below.length > 0 ? [{ linkId: item.linkId, item: below }] : [];
      if (!answered(item, answers)) return [];
      const given = (answers[item.linkId] ?? []).map(trimmed);
      // Items below a question belong to its answer; with several answers, to the first.
      return [
        {
          linkId: item.linkId,
          answer: given.map((answer, i) => (i === 0 && below.length > 0 ? { ...answer, item: below } : answer)),
        },
      ];
    });
  const reference = form.url ? form.url + (form.version ? `|${form.version}` : "") : undefined;
  return {
    resourceType: "QuestionnaireResponse",
    ...(reference ? { questionnaire: reference } : {}),
    status: "completed",
    authored,
    item: collect(form.item),
  };
}

const trimmed = (answer: Answer): Answer =>
  answer.valueString === undefined ? answer : { ...answer, valueString: answer.valueString.trim() };

/** Choices shown as a list to tick or tap; longer ones, or those the form says so, as a drop-down. */
export function asDropDown(item: Item): boolean {
  const control = item.extension?.find(
    ({ url }) => url === "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
  );
  const code = control?.valueCodeableConcept?.coding?.[0]?.code;
  if (code === "drop-down" || code === "autocomplete") return true;
  if (code === "radio-button" || code === "check-box") return false;
  return (item.answerOption?.length ?? 0) > 8;
}

/** A question that an administrative unit answers, or a place abroad in words. */
export const asksPlace = (item: Item): boolean =>
  item.extension?.some(({ url, valueCode }) => url === "urn:luytre:extension:input" && valueCode === "unit") ?? false;

/** In forms about a journey: where it leads. The unit chosen there decides whether declarations are asked for. */
export const isDestination = (item: Item): boolean =>
  item.extension?.some(({ url, valueCode }) => url === "urn:luytre:extension:meaning" && valueCode === "destination") ??
  false;

/** The unit that was chosen as the journey's end, if the form asks for one and shows it. */
export function destinationUnit(
  form: Questionnaire,
  answers: Answers,
  units: Readonly<Record<string, string>>,
): string | undefined {
  const goal = questions(form, answers).find(isDestination);
  return goal && units[goal.linkId];
}
