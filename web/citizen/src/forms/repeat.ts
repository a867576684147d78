// "Nothing has changed": the answers of the last time, to be said again with one tap after they have been shown.
// Measurements are not among them: a temperature was of that hour, and is taken anew or left out. Nor are pictures.

import { localDate } from "@luytre/shared/time";

import type { Item, Questionnaire, QuestionnaireResponse } from "@luytre/shared/filling";

type ResponseItem = QuestionnaireResponse["item"][number];

function* everyItem(items: readonly Item[] | undefined): Generator<Item> {
  for (const item of items ?? []) {
    yield item;
    yield* everyItem(item.item);
  }
}

/**
 * What of the last response can be said again today; undefined when the form was another version, the last time lies
 * more than so many days back, as its rule set says, or a measurement is required.
 */
export function repeatable(
  form: Questionnaire,
  last: { formVersion: string; at: string; response: QuestionnaireResponse } | undefined,
  now: number,
  days: number,
): QuestionnaireResponse | undefined {
  if (!last || last.formVersion !== form.version || !isRecent(last.at, now, days)) return undefined;
  const measured = [...everyItem(form.item)].filter(({ type }) => type === "quantity");
  if (measured.some(({ required }) => required)) return undefined;
  const pictured = [...everyItem(form.item)].filter(({ type }) => type === "attachment");
  const taken = new Set([...measured, ...pictured].map(({ linkId }) => linkId));
  const rest = (items: readonly ResponseItem[]): ResponseItem[] =>
    items
      .filter(({ linkId }) => !taken.has(linkId))
      .map((item) => (item.item ? { ...item, item: rest(item.item) } : item));
  return { ...last.response, item: rest(last.response.item) };
}

const isRecent = (at: string, now: number, days: number): boolean =>
  days > 0 && Date.parse(at) <= now && localDate(at) >= localDate(now - days * 86_400_000);
