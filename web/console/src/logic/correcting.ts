// Correcting what was answered: the leaves of a response that an officer may put right, and the response with one of them
// put right. Pure. Only what was asked; what opens another question the server refuses, by name.
import { textOf, type Answer, type Item, type Questionnaire, type QuestionnaireResponse, type ResponseItem } from "@luytre/shared/questionnaire";

export interface Leaf {
  /** Where it lies: positions in `item`, from the top. */
  path: readonly number[];
  item: Item;
  question: string;
  answer: Answer;
}

const editable = new Set(["boolean", "string", "text", "date", "choice"]);

export function leaves(form: Questionnaire, response: QuestionnaireResponse, language: string): Leaf[] {
  const out: Leaf[] = [];
  const walk = (items: readonly Item[] | undefined, given: readonly ResponseItem[] | undefined, path: readonly number[]): void => {
    given?.forEach((one, i) => {
      const item = items?.find(({ linkId }) => linkId === one.linkId);
      if (!item) return;
      const answer = one.answer?.length === 1 ? one.answer[0] : undefined;
      if (answer && editable.has(item.type)) out.push({ path: [...path, i], item, question: textOf(item.text, item._text, language), answer });
      walk(item.item, one.item, [...path, i]);
    });
  };
  walk(form.item, response.item, []);
  return out;
}

export function withAnswer(response: QuestionnaireResponse, path: readonly number[], answer: Answer): QuestionnaireResponse {
  const put = (items: readonly ResponseItem[], [at, ...rest]: readonly number[]): ResponseItem[] =>
    items.map((one, i) => {
      if (i !== at) return one;
      return rest.length > 0 ? { ...one, item: put(one.item ?? [], rest) } : { ...one, answer: [answer] };
    });
  return { ...response, item: put(response.item ?? [], path) };
}
