// A form on paper: empty, to be filled in by hand, or with what was answered. Pure.
import { answersFrom, isHidden, optionText, standing, textOf, type Answers, type Item, type Node, type Questionnaire } from "@luytre/shared/filling";
import { sayAnswer } from "@luytre/shared/answers";
import type { QuestionnaireResponse } from "@luytre/shared/questionnaire";

export interface PrintedBox {
  text: string;
  ticked: boolean;
}
export interface PrintedLine {
  key: string;
  /** How far below the question it depends on. */
  depends: boolean;
  text: string;
  /** A hint: nothing is answered. */
  said?: boolean;
  boxes: PrintedBox[];
  answer: string;
  /** Lines to write on. */
  lines: number;
}
export interface PrintedGroup {
  key: string;
  title: string;
  lines: PrintedLine[];
}

/** Without the conditions that only an answer on the paper can meet: who fills it in by hand sees every question that may be asked. */
function unfolded(items: readonly Item[], known: ReadonlySet<string>): Item[] {
  return items.map((item) => {
    const { enableWhen, item: inner, ...rest } = item;
    const kept = (enableWhen ?? []).every(({ question }) => known.has(question)) ? enableWhen : undefined;
    return { ...rest, ...(kept ? { enableWhen: kept } : {}), ...(inner ? { item: unfolded(inner, known) } : {}) };
  });
}

const all = (items: readonly Item[]): Item[] => items.flatMap((item) => [item, ...all(item.item ?? [])]);

interface Words {
  language: string;
  yes: string;
  no: string;
}

/** `filled`: with the answers, and only what was to be asked by them; else empty, but for what nobody is asked (which disease it is). */
export function printed(form: Questionnaire, response: QuestionnaireResponse, filled: boolean, words: Words): PrintedGroup[] {
  const every = all(form.item ?? []);
  const hidden = new Set(every.filter(isHidden).map(({ linkId }) => linkId));
  const conditional = new Set(every.filter(({ enableWhen }) => enableWhen?.some(({ question }) => !hidden.has(question))).map(({ linkId }) => linkId));
  const given = answersFrom(form, response);
  const answers: Answers = filled ? given : Object.fromEntries(Object.entries(given).filter(([key]) => hidden.has(key)));
  const nodes = standing(filled ? form : { ...form, item: unfolded(form.item ?? [], hidden) }, answers);
  const groups: PrintedGroup[] = [];
  const line = ({ item, key }: Node): PrintedLine => {
    const said = (answers[key] ?? []).map((answer) => sayAnswer(item, answer, words.language));
    const has = (one: string | boolean) => said.includes(one);
    const options =
      item.type === "boolean"
        ? [true, false].map((value) => ({ text: value ? words.yes : words.no, ticked: has(value) }))
        : (item.answerOption ?? []).map((option) => ({ text: optionText(option, words.language), ticked: has(optionText(option, words.language)) }));
    return {
      key,
      depends: conditional.has(item.linkId),
      text: textOf(item.text, item._text, words.language),
      ...(item.type === "display" ? { said: true } : {}),
      boxes: options,
      answer: options.length > 0 ? "" : said.filter((one) => typeof one === "string").join(", "),
      lines: item.type === "text" ? 2 : 1,
    };
  };
  const walk = (level: readonly Node[], group: PrintedGroup) => {
    for (const node of level) {
      if (isHidden(node.item)) continue;
      if (node.item.type !== "group") group.lines.push(line(node));
      else {
        const own = { key: node.key, title: textOf(node.item.text, node.item._text, words.language), lines: [] };
        groups.push(own);
        walk(node.nodes, own);
      }
    }
  };
  const outer: PrintedGroup = { key: "", title: "", lines: [] };
  groups.push(outer);
  walk(nodes, outer);
  return groups.filter(({ title, lines }) => title !== "" || lines.length > 0);
}
