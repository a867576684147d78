// A declaration's answers in the order and the words of its form: what was asked, what was said, and whether that decided the result. Each
// instance of a repeating group is a group of its own.
import { countryCodes, isHidden, optionText, textOf, type Answer, type Item, type Questionnaire, type QuestionnaireResponse, type ResponseItem } from "./questionnaire";

/** The id of a picture that the answers name. */
export interface PictureSaid {
  picture: string;
}
export type SaidAnswer = string | boolean | PictureSaid;

const pictureUrl = "urn:luytre:declaration-picture:"; // modules/declarations/pictures.h

export interface Said {
  linkId: string;
  question: string;
  /** One text an answer; booleans and pictures are left to the page's words. */
  answers: SaidAnswer[];
  /** It made a rule of the result fire. */
  decided: boolean;
}

export interface SaidGroup {
  title: string | undefined;
  said: Said[];
}

/** "15/07/2021", or as much of it as is known. */
const day = (date: string): string => date.split("-").reverse().join("/");

export function sayAnswer(item: Item, answer: Answer, language: string): SaidAnswer {
  if (answer.valueAttachment) return { picture: answer.valueAttachment.url.replace(pictureUrl, "") };
  if (answer.valueBoolean !== undefined) return answer.valueBoolean;
  if (answer.valueCoding) {
    const { system, code, display } = answer.valueCoding;
    // Kept by its Vietnamese name.
    if (system === countryCodes && language !== "vi") return new Intl.DisplayNames([language], { type: "region" }).of(code) ?? display ?? code;
    const option = item.answerOption?.find((one) => one.valueCoding?.code === code);
    return option ? optionText(option, language) : (display ?? code);
  }
  if (answer.valueQuantity) {
    const { value, unit, code } = answer.valueQuantity;
    return `${value.toLocaleString(language)} ${unit ?? code}`;
  }
  if (answer.valueDate) return day(answer.valueDate);
  return String(answer.valueString ?? answer.valueInteger ?? answer.valueDecimal ?? answer.valueTime ?? answer.valueDateTime ?? "");
}

/** Questions that were not shown to the person, and so have no answer, are left out. */
export function saidIn(form: Questionnaire, response: QuestionnaireResponse, deciding: readonly string[], language: string): SaidGroup[] {
  const groups: SaidGroup[] = [];
  const open = (title: string | undefined): SaidGroup => {
    const group: SaidGroup = { title, said: [] };
    groups.push(group);
    return group;
  };
  const walk = (items: readonly Item[] | undefined, given: readonly ResponseItem[], group: SaidGroup): void => {
    for (const item of items ?? []) {
      if (isHidden(item)) continue;
      const found = given.filter((one) => one.linkId === item.linkId);
      if (item.type === "group") {
        const title = textOf(item.text, item._text, language) || undefined;
        found.forEach((one, i) => walk(item.item, one.item ?? [], open(title && found.length > 1 ? `${title} (${i + 1})` : title)));
        continue;
      }
      const answers = found.flatMap((one) => one.answer ?? []);
      if (answers.length > 0)
        group.said.push({
          linkId: item.linkId,
          question: textOf(item.text, item._text, language),
          answers: answers.map((answer) => sayAnswer(item, answer, language)),
          decided: deciding.includes(item.linkId),
        });
      walk(item.item, answers.flatMap((answer) => answer.item ?? []), group);
    }
  };
  walk(form.item, response.item, open(undefined));
  return groups.filter((group) => group.said.length > 0);
}

export interface Change {
  question: string;
  /** Nothing: it was not asked, or not answered. */
  before: SaidAnswer[];
  after: SaidAnswer[];
}

const plain = (answers: readonly SaidAnswer[]): string =>
  answers.map((one) => (typeof one === "object" ? one.picture : one)).join("\n");

type Version = { form: Questionnaire; response: QuestionnaireResponse };

/** What a correction says otherwise than the version before it, in the order of the later form, and then what is gone. */
export function changes(before: Version, after: Version, language: string): Change[] {
  const read = ({ form, response }: Version) =>
    new Map(saidIn(form, response, [], language).flatMap(({ title, said }) => said.map((one) => [`${title}|${one.linkId}`, one] as const)));
  const old = read(before);
  const out: Change[] = [];
  for (const [key, { question, answers }] of read(after)) {
    const was = old.get(key)?.answers ?? [];
    if (plain(was) !== plain(answers)) out.push({ question, before: was, after: answers });
    old.delete(key);
  }
  for (const { question, answers } of old.values()) out.push({ question, before: answers, after: [] });
  return out;
}
