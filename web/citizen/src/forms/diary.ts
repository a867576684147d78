// The symptom diary: what of each declaration a form marks as worth following over the days, by the extension
// urn:luytre:extension:diary: "temperature" (a quantity in degrees Celsius) and "symptom" (a yes or no).

import { textOf, type Answer, type Item, type Questionnaire, type QuestionnaireResponse } from "@luytre/shared/filling";

export interface Noted {
  id: string;
  at: string;
  colour: "green" | "yellow" | "red";
  temperature?: number;
  symptoms: string[];
}

type ResponseItem = QuestionnaireResponse["item"][number];

const markOf = (item: Item): string | undefined =>
  item.extension?.find(({ url }) => url === "urn:luytre:extension:diary")?.valueCode;

function* marked(items: readonly Item[] | undefined): Generator<Item> {
  for (const item of items ?? []) {
    if (markOf(item)) yield item;
    yield* marked(item.item);
  }
}

function answerTo(linkId: string, items: readonly ResponseItem[]): Answer | undefined {
  for (const item of items) {
    const found = item.linkId === linkId ? item.answer?.[0] : answerTo(linkId, item.item ?? []);
    if (found) return found;
  }
  return undefined;
}

/** What a declaration adds to the diary; nothing if its form marks nothing. */
export function noted(
  form: Questionnaire,
  declaration: { id: string; at: string; result: { colour: Noted["colour"] }; response?: unknown },
  language: string,
): Noted | undefined {
  const response = declaration.response as QuestionnaireResponse | undefined;
  const items = [...marked(form.item)];
  if (items.length === 0 || !response) return undefined;
  const out: Noted = { id: declaration.id, at: declaration.at, colour: declaration.result.colour, symptoms: [] };
  for (const item of items) {
    const answer = answerTo(item.linkId, response.item);
    if (markOf(item) === "temperature" && answer?.valueQuantity) out.temperature = answer.valueQuantity.value;
    if (markOf(item) === "symptom" && answer?.valueBoolean) out.symptoms.push(textOf(item.text, item._text, language));
  }
  return out;
}

export interface Curve {
  /** One line for each run of days with a temperature; a day without breaks it. */
  lines: { x: number; y: number }[][];
  points: { x: number; y: number; note: Noted }[];
  /** Local midnights. */
  days: { x: number; at: number }[];
  degrees: { y: number; degree: number }[];
}

const day = 86_400_000;
const coolest = 35;
const hottest = 41;

/** The temperatures of the diary in a picture of this size, oldest at the left. */
export function curve(notes: readonly Noted[], width: number, height: number): Curve {
  const inOrder = [...notes].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const midnight = (at: number) => Math.floor((at + 7 * 3_600_000) / day) * day - 7 * 3_600_000;
  const begin = midnight(Date.parse(inOrder[0]?.at ?? "1970-01-01T00:00:00Z"));
  const end = midnight(Date.parse(inOrder.at(-1)?.at ?? "1970-01-01T00:00:00Z")) + day;
  const x = (at: number) => ((at - begin) / (end - begin)) * width;
  const y = (degree: number) =>
    height - ((Math.min(hottest, Math.max(coolest, degree)) - coolest) / (hottest - coolest)) * height;
  const points = inOrder.flatMap((note) =>
    note.temperature === undefined ? [] : [{ x: x(Date.parse(note.at)), y: y(note.temperature), note }],
  );
  const lines: Curve["lines"] = [];
  points.forEach((point, i) => {
    const before = points[i - 1];
    const joined = before && Date.parse(point.note.at) - Date.parse(before.note.at) < 2 * day;
    if (joined) lines.at(-1)!.push(point);
    else lines.push([point]);
  });
  const days = Array.from({ length: Math.round((end - begin) / day) }, (_, i) => begin + i * day);
  const degrees = Array.from({ length: hottest - coolest + 1 }, (_, i) => coolest + i);
  return {
    lines: lines.map((line) => line.map((point) => ({ x: point.x, y: point.y }))),
    points,
    days: days.map((at) => ({ x: x(at), at })),
    degrees: degrees.map((degree) => ({ y: y(degree), degree })),
  };
}
