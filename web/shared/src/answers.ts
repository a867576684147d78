// A declaration's answers in the order and the words of its form: what was asked, what was said, and whether that decided the result.
import { optionText, textOf, type Answer, type Item, type Questionnaire, type QuestionnaireResponse, type ResponseItem } from "@luytre/shared/questionnaire";

import type { Language } from "../i18n";
import { showDay } from "./moments";

export interface Said {
  linkId: string;
  question: string;
  /** One text an answer; booleans are left to the page's words. */
  answers: (string | boolean)[];
  /** It made a rule of the result fire. */
  decided: boolean;
}

export interface SaidGroup {
  title: string | undefined;
  said: Said[];
}

function valueOf(item: Item, answer: Answer, language: Language): string | boolean {
  if (answer.valueBoolean !== undefined) return answer.valueBoolean;
  if (answer.valueCoding) {
    const { code, display } = answer.valueCoding;
    const option = item.answerOption?.find((one) => one.valueCoding?.code === code);
    return option ? optionText(option, language) : (display ?? code);
  }
  if (answer.valueDate) return showDay(answer.valueDate);
  return String(answer.valueString ?? answer.valueInteger ?? answer.valueDecimal ?? answer.valueTime ?? answer.valueDateTime ?? "");
}

/** Questions that were not shown to the person, and so have no answer, are left out. */
export function saidIn(form: Questionnaire, response: QuestionnaireResponse, deciding: readonly string[], language: Language): SaidGroup[] {
  const given = new Map<string, Answer[]>();
  const gather = (items: readonly ResponseItem[] | undefined): void => {
    for (const item of items ?? []) {
      if (item.answer) given.set(item.linkId, item.answer);
      gather(item.item);
      for (const answer of item.answer ?? []) gather(answer.item);
    }
  };
  gather(response.item);

  const groups: SaidGroup[] = [];
  const walk = (items: readonly Item[] | undefined, group: SaidGroup): void => {
    for (const item of items ?? []) {
      if (item.type === "group") {
        const inner: SaidGroup = { title: textOf(item.text, item._text, language) || undefined, said: [] };
        groups.push(inner);
        walk(item.item, inner);
        continue;
      }
      const answers = given.get(item.linkId);
      if (answers) {
        group.said.push({
          linkId: item.linkId,
          question: textOf(item.text, item._text, language),
          answers: answers.map((answer) => valueOf(item, answer, language)),
          decided: deciding.includes(item.linkId),
        });
      }
      walk(item.item, group);
    }
  };
  const bare: SaidGroup = { title: undefined, said: [] };
  groups.push(bare);
  walk(form.item, bare);
  return groups.filter((group) => group.said.length > 0);
}
