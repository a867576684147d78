// A FHIR R4 Questionnaire as pages need it that have it answered: which questions are to be asked given the answers so far,
// what is still missing, and the QuestionnaireResponse. Pure: no React, no clock. Initial values in a form are ignored
// on purpose: nobody but the person answers a question.

import {
  countrySet,
  isHidden,
  optionText,
  textOf,
  type Answer,
  type AnswerOption,
  type Attachment,
  type Coding,
  type Quantity,
  type EnableWhen,
  type Item,
  type Questionnaire,
  type QuestionnaireResponse,
  type ResponseItem,
} from "../questionnaire";

export { isHidden, optionText, textOf };
export type { Answer, AnswerOption, Attachment, Item, Questionnaire, QuestionnaireResponse };

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
  const quantity = value[prefix + "Quantity"] as Quantity | undefined;
  if (quantity) return quantity.value;
  const attachment = value[prefix + "Attachment"] as Attachment | undefined;
  if (attachment) return attachment.url;
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

/** As the server judges it (engines/forms/values.h): at least one answer of the same kind satisfies it, also "!=". */
function holds(condition: EnableWhen, given: readonly Answer[]): boolean {
  const { operator } = condition;
  if (operator === "exists") return given.length > 0 === (condition.answerBoolean ?? true);
  const wanted = comparable({ ...condition }, "answer");
  if (wanted === undefined) return false;
  const kind = kindOf({ ...condition }, "answer");
  return given.some((answer) => {
    if (kindOf({ ...answer }, "value") !== kind) return false;
    const value = comparable({ ...answer }, "value")!;
    // Of a date known in part, all of its days must.
    const [first, last] = answer.valueDate ? daysOf(answer.valueDate) : [value, value];
    switch (operator) {
      case "=":
        return value === wanted;
      case "!=":
        return wanted < first || wanted > last;
      case ">":
        return first > wanted;
      case "<":
        return last < wanted;
      case ">=":
        return first >= wanted;
      case "<=":
        return last <= wanted;
    }
  });
}

function kindOf(value: Partial<Record<string, unknown>>, prefix: "value" | "answer"): string | undefined {
  return Object.keys(value).find((name) => name.startsWith(prefix) && value[name] !== undefined)?.slice(prefix.length);
}

/** The first and the last day of "2021", "2021-07" or "2021-07-15". */
function daysOf(date: string): [string, string] {
  const [year, month, day] = date.split("-");
  if (day) return [date, date];
  const of = month ?? "12";
  const last = new Date(Date.UTC(Number(year), Number(of), 0)).getUTCDate();
  return [`${year}-${month ?? "01"}-01`, `${year}-${of}-${String(last).padStart(2, "0")}`];
}

/**
 * A place in the form as it stands. Its key is the item's linkId; what lies in a repeating group is keyed below the
 * instance, "stop/0/where", and the group's own answers are one empty one for each instance.
 */
export interface Node {
  item: Item;
  key: string;
  nodes: readonly Node[];
  /** Of an instance of a repeating group. */
  instance?: { of: string; index: number; count: number };
}

const below = (item: Item, prefix: string, answers: Answers): readonly Node[] =>
  (item.item ?? []).map((inner) => nodeOf(inner, prefix, answers));

function nodeOf(item: Item, prefix: string, answers: Answers): Node {
  const key = prefix + item.linkId;
  if (item.type !== "group" || !item.repeats) return { item, key, nodes: below(item, prefix, answers) };
  const count = Math.max(answers[key]?.length ?? 0, item.required ? 1 : 0);
  const nodes = Array.from({ length: count }, (_, index) => ({
    item,
    key: `${key}/${index}`,
    nodes: below(item, `${key}/${index}/`, answers),
    instance: { of: key, index, count },
  }));
  return { item, key, nodes };
}

const tree = (form: Questionnaire, answers: Answers): readonly Node[] =>
  (form.item ?? []).map((item) => nodeOf(item, "", answers));

function* everyNode(nodes: readonly Node[]): Generator<Node> {
  for (const node of nodes) {
    yield node;
    yield* everyNode(node.nodes);
  }
}

/** The key of a question as seen from another: in the same instance, or in what surrounds it. */
function seenFrom(key: string, question: string, known: ReadonlySet<string>): string {
  const steps = key.split("/").slice(0, -1);
  for (; steps.length > 0; steps.pop()) {
    const found = [...steps, question].join("/");
    if (known.has(found)) return found;
  }
  return question;
}

/**
 * The keys to be shown. An answer to a question that is not shown does not count, so the set is the stable one reached
 * from all.
 */
export function shown(form: Questionnaire, answers: Answers): ReadonlySet<string> {
  const nodes = tree(form, answers);
  const all = new Set([...everyNode(nodes)].map(({ key }) => key));
  let current: ReadonlySet<string> = all;
  // Each round settles at least one, or the form's conditions go in a circle.
  for (let round = 0; round <= all.size; ++round) {
    const next = new Set<string>();
    const visit = ({ item, key, nodes: inner, instance }: Node) => {
      const conditions = instance ? [] : (item.enableWhen ?? []);
      const met = (condition: EnableWhen) => {
        const question = seenFrom(key, condition.question, all);
        return holds(condition, current.has(question) ? (answers[question] ?? []) : []);
      };
      const enabled =
        conditions.length === 0 || (item.enableBehavior === "any" ? conditions.some(met) : conditions.every(met));
      if (!enabled) return;
      next.add(key);
      inner.forEach(visit);
    };
    nodes.forEach(visit);
    if (next.size === current.size && [...next].every((key) => current.has(key))) break;
    current = next;
  }
  return current;
}

/** What is to be shown, as a tree. */
export function standing(form: Questionnaire, answers: Answers): readonly Node[] {
  const visible = shown(form, answers);
  const only = (nodes: readonly Node[]): Node[] =>
    nodes.filter(({ key }) => visible.has(key)).map((node) => ({ ...node, nodes: only(node.nodes) }));
  return only(tree(form, answers));
}

export const isQuestion = (item: Item): boolean => item.type !== "group" && item.type !== "display";

/** Questions shown, in the form's order. */
export const questions = (form: Questionnaire, answers: Answers): Node[] =>
  [...everyNode(standing(form, answers))].filter(({ item }) => isQuestion(item));

/** One more instance of a repeating group. */
export const withInstance = (node: Node, answers: Answers): Answers => ({
  ...answers,
  [node.key]: Array.from({ length: node.nodes.length + 1 }, () => ({})),
});

/** One instance less of a repeating group. */
export const removed = (instance: NonNullable<Node["instance"]>, answers: Answers): Answers => ({
  ...withoutInstance(instance, answers),
  [instance.of]: Array.from({ length: instance.count - 1 }, () => ({})),
});

/** Without one instance; those after it move up. Also for what else is kept by key. */
export function withoutInstance<T>(
  instance: NonNullable<Node["instance"]>,
  kept: Readonly<Record<string, T>>,
): Record<string, T> {
  const inside = `${instance.of}/`;
  const out: Record<string, T> = {};
  for (const [key, value] of Object.entries(kept)) {
    if (!key.startsWith(inside)) {
      out[key] = value;
      continue;
    }
    const [index, ...rest] = key.slice(inside.length).split("/");
    const at = Number(index);
    if (at === instance.index) continue;
    out[inside + [at > instance.index ? at - 1 : at, ...rest].join("/")] = value;
  }
  return out;
}

const answered = (key: string, answers: Answers): boolean =>
  (answers[key] ?? []).some((answer) => {
    const value = comparable({ ...answer }, "value");
    return value !== undefined && (typeof value !== "string" || value.trim() !== "");
  });

export type Flaw = "required" | "too_long" | "range" | "format";

/** What stands between the answers and sending, in the form's order: at most one flaw a question. */
export function flaws(form: Questionnaire, answers: Answers): { item: Item; key: string; flaw: Flaw }[] {
  const found: { item: Item; key: string; flaw: Flaw }[] = [];
  for (const { item, key } of questions(form, answers)) {
    if (!answered(key, answers)) {
      if (item.required) found.push({ item, key, flaw: "required" });
      continue;
    }
    const flaw = (answers[key] ?? []).map((answer) => flawOf(item, answer)).find(Boolean);
    if (flaw) found.push({ item, key, flaw });
  }
  return found;
}

function limit(item: Item, name: "minValue" | "maxValue"): Comparable | undefined {
  const quantity = name === "minValue" ? "minQuantity" : "maxQuantity";
  const found = item.extension?.find(
    ({ url }) =>
      url === `http://hl7.org/fhir/StructureDefinition/${name}` ||
      url === `http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-${quantity}`,
  );
  return found?.valueInteger ?? found?.valueDecimal ?? found?.valueDate ?? found?.valueQuantity?.value;
}

function flawOf(item: Item, answer: Answer): Flaw | undefined {
  const value = comparable({ ...answer }, "value");
  if (value === undefined) return undefined;
  if (item.maxLength !== undefined && typeof value === "string" && [...value].length > item.maxLength)
    return "too_long";
  if (item.type === "integer" && !Number.isInteger(value)) return "format";
  if ((item.type === "decimal" || item.type === "quantity") && !Number.isFinite(value)) return "format";
  if (item.type === "date" && !isDate(String(value)) && !isPartDate(String(value), precision(item))) return "format";
  const least = limit(item, "minValue");
  const most = limit(item, "maxValue");
  // A date known in part is compared as far as it is known.
  const known = (bound: Comparable) => (item.type === "date" ? String(bound).slice(0, String(value).length) : bound);
  if ((least !== undefined && value < known(least)) || (most !== undefined && value > known(most))) return "range";
  return undefined;
}

type Precision = "day" | "month" | "year";

/** The least that an answer to a date question must name. */
export const precision = (item: Item): Precision => {
  const code = item.extension?.find(({ url }) => url === "urn:luytre:extension:date-precision")?.valueCode;
  return code === "month" || code === "year" ? code : "day";
};

const isPartDate = (text: string, least: Precision): boolean =>
  (least !== "day" && /^(19|[2-9]\d)\d{2}-(0[1-9]|1[0-2])$/.test(text)) ||
  (least === "year" && /^(19|[2-9]\d)\d{2}$/.test(text));

/** "2021", "7/2021" or "15/7/2021" as FHIR writes it; what cannot be read stays as typed, to be told so. */
export function readDate(text: string): string {
  const parts = text.trim().split(/[\s/.-]+/);
  if (!parts.every((part) => /^\d{1,4}$/.test(part)) || parts.length > 3) return text.trim();
  return parts
    .reverse()
    .map((part) => part.padStart(2, "0"))
    .join("-");
}

/** As people write it: "15/07/2021", "07/2021", "2021". */
export const writeDate = (date: string): string => date.split("-").reverse().join("/");

/** The unit of a quantity, as the form gives it. */
export function unitOf(item: Item): { unit: string; system: string; code: string } | undefined {
  const coding = item.extension?.find(
    ({ url }) => url === "http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
  )?.valueCoding;
  return coding && { unit: coding.display ?? coding.code, system: coding.system ?? "", code: coding.code };
}

export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const date = new Date(text + "T00:00:00Z");
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The response to send: only what was shown and answered, nested as the form is. */
export function respond(form: Questionnaire, answers: Answers, authored: string): QuestionnaireResponse {
  const collect = (nodes: readonly Node[]): ResponseItem[] =>
    nodes.flatMap(({ item, key, nodes: inner, instance }): ResponseItem[] => {
      if (item.type === "display") return [];
      const within = collect(inner);
      if (item.type === "group") {
        if (item.repeats && !instance) return within; // its instances stand side by side
        return within.length > 0 ? [{ linkId: item.linkId, item: within }] : [];
      }
      if (!answered(key, answers)) return [];
      const given = (answers[key] ?? []).filter((answer) => answer.valueString?.trim() !== "").map(trimmed);
      // Items below a question belong to its answer; with several answers, to the first.
      return [
        {
          linkId: item.linkId,
          answer: given.map((answer, i) => (i === 0 && within.length > 0 ? { ...answer, item: within } : answer)),
        },
      ];
    });
  const reference = form.url ? form.url + (form.version ? `|${form.version}` : "") : undefined;
  return {
    resourceType: "QuestionnaireResponse",
    ...(reference ? { questionnaire: reference } : {}),
    status: "completed",
    authored,
    item: collect(standing(form, answers)),
  };
}

/** The answers of a response, as the form holds them: what a correction begins with. */
export function answersFrom(form: Questionnaire, response: QuestionnaireResponse): Answers {
  const out: Record<string, readonly Answer[]> = {};
  const read = (items: readonly Item[] | undefined, given: readonly ResponseItem[], prefix: string): void => {
    for (const item of items ?? []) {
      const key = prefix + item.linkId;
      const found = given.filter((one) => one.linkId === item.linkId);
      if (item.type === "group" && item.repeats) {
        if (found.length > 0) out[key] = found.map(() => ({}));
        found.forEach((one, i) => read(item.item, one.item ?? [], `${key}/${i}/`));
      } else if (item.type === "group") {
        read(item.item, found[0]?.item ?? [], prefix);
      } else {
        const answers = found[0]?.answer ?? [];
        if (answers.length > 0) out[key] = answers.map(({ item: _, ...answer }) => answer);
        read(
          item.item,
          answers.flatMap((answer) => answer.item ?? []),
          prefix,
        );
      }
    }
  };
  read(form.item, response.item, "");
  return out;
}

function trimmed(answer: Answer): Answer {
  if (answer.valueAttachment) {
    const { data: _, ...named } = answer.valueAttachment;
    return { ...answer, valueAttachment: named };
  }
  return answer.valueString === undefined ? answer : { ...answer, valueString: answer.valueString.trim() };
}

/** A picture beside the answers that name it. */
export interface Picture {
  url: string;
  data: string;
}

/** What is sent with the response: the content of the files that it names, but for those that the server has. */
export function pictures(form: Questionnaire, answers: Answers): { pictures?: Picture[] } {
  const found = questions(form, answers).flatMap(({ key }) =>
    (answers[key] ?? []).flatMap(({ valueAttachment: file }): Picture[] =>
      file?.data ? [{ url: file.url, data: file.data }] : [],
    ),
  );
  return found.length > 0 ? { pictures: found } : {};
}

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

/** A question that a country answers, or words where none fits. */
export const asksCountry = (item: Item): boolean =>
  item.type === "open-choice" && !item.repeats && item.answerValueSet === countrySet;

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
  const goal = questions(form, answers).find(({ item }) => isDestination(item));
  return goal && units[goal.key];
}
