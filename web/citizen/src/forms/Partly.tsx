// That a form is read partly in English, to somebody who chose a language into which not all of it is translated.

import type { Item, Questionnaire } from "@luytre/shared/questionnaire";

import { isWhole, useText } from "../i18n";
import { Notice } from "../ui/parts";

type Extended = Item["_text"];

const says = (extended: Extended, language: string): boolean =>
  extended?.extension?.some(({ extension }) =>
    extension?.some(({ url, valueCode }) => url === "lang" && valueCode?.split("-")[0] === language),
  ) ?? false;

/** A place's name is the same in every language. */
const isName = ({ system }: { system?: string }): boolean => system === "urn:luytre:place";

/** Whether every text of the form is there in this language, which is not the form's own. */
export function isTranslated(form: Questionnaire, language: string): boolean {
  const whole = (item: Item): boolean =>
    says(item._text, language) &&
    (item.answerOption ?? []).every(({ valueCoding }) => !valueCoding || isName(valueCoding) || says(valueCoding._display, language)) &&
    (item.item ?? []).every(whole);
  return says(form._title, language) && (form.item ?? []).every(whole);
}

export function Partly({ form }: { form: Questionnaire }) {
  const { t, language } = useText();
  if (isWhole(language) || isTranslated(form, language)) return null;
  return <Notice title={t("language.partly")} />;
}
