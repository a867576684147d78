// FHIR R4 Questionnaire and QuestionnaireResponse, as far as our forms use them, and their texts in the language asked for.

export interface Coding {
  system?: string;
  code: string;
  display?: string;
  _display?: Extended;
}

export interface Quantity {
  value: number;
  unit?: string;
  system?: string;
  code: string;
}

export interface Extension {
  url: string;
  extension?: Extension[];
  valueCode?: string;
  valueString?: string;
  valueMarkdown?: string;
  valueInteger?: number;
  valueDecimal?: number;
  valueDate?: string;
  valueBoolean?: boolean;
  valueCoding?: Coding;
  valueQuantity?: Quantity;
  valueCodeableConcept?: { coding?: Coding[] };
}

interface Extended {
  extension?: Extension[];
}

export interface EnableWhen {
  question: string;
  operator: "exists" | "=" | "!=" | ">" | "<" | ">=" | "<=";
  answerBoolean?: boolean;
  answerDecimal?: number;
  answerInteger?: number;
  answerDate?: string;
  answerDateTime?: string;
  answerTime?: string;
  answerString?: string;
  answerCoding?: Coding;
  answerQuantity?: Quantity;
}

export interface AnswerOption {
  valueCoding?: Coding;
  valueString?: string;
  valueInteger?: number;
  valueDate?: string;
}

export type ItemType =
  | "group"
  | "display"
  | "boolean"
  | "decimal"
  | "integer"
  | "date"
  | "dateTime"
  | "time"
  | "string"
  | "text"
  | "url"
  | "choice"
  | "open-choice"
  | "attachment"
  | "reference"
  | "quantity";

export interface Item {
  linkId: string;
  type: ItemType;
  text?: string;
  _text?: Extended;
  prefix?: string;
  required?: boolean;
  repeats?: boolean;
  maxLength?: number;
  enableWhen?: EnableWhen[];
  enableBehavior?: "all" | "any";
  answerOption?: AnswerOption[];
  answerValueSet?: string;
  item?: Item[];
  extension?: Extension[];
}

export interface Questionnaire {
  resourceType: "Questionnaire";
  id?: string;
  url?: string;
  version?: string;
  title?: string;
  _title?: Extended;
  description?: string;
  _description?: Extended;
  item?: Item[];
}

/** A file that an answer names. While a form is filled in, its content is here, too; it is sent beside the answers. */
export interface Attachment {
  contentType?: string;
  size?: number;
  hash?: string;
  url: string;
  data?: string;
}

/** One answer, exactly as it stands in a QuestionnaireResponse. */
export interface Answer {
  valueBoolean?: boolean;
  valueDecimal?: number;
  valueInteger?: number;
  valueDate?: string;
  valueDateTime?: string;
  valueTime?: string;
  valueString?: string;
  valueCoding?: { system?: string; code: string; display?: string };
  valueQuantity?: Quantity;
  valueAttachment?: Attachment;
  item?: ResponseItem[];
}

export interface ResponseItem {
  linkId: string;
  answer?: Answer[];
  item?: ResponseItem[];
}

export interface QuestionnaireResponse {
  resourceType: "QuestionnaireResponse";
  questionnaire?: string;
  status: "completed";
  authored?: string;
  item: ResponseItem[];
}

/** Answered by whoever serves the form, for others to be asked by; nobody is shown it. */
export const isHidden = (item: Item): boolean =>
  item.extension?.some(
    ({ url, valueBoolean }) =>
      url === "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden" && valueBoolean === true,
  ) ?? false;

// The countries and territories of ISO 3166-1: the list that a form names, the system of its codes.
export const countrySet = "http://hl7.org/fhir/ValueSet/iso3166-1-2";
export const countryCodes = "urn:iso:std:iso:3166";

const translationUrl = "http://hl7.org/fhir/StructureDefinition/translation";

/**
 * A text in the language asked for, by the standard translation extension; else in English, unless Vietnamese, in which
 * our forms are written, was asked for; else as written.
 */
export function textOf(text: string | undefined, extended: Extended | undefined, language: string): string {
  const found = translated(extended, language);
  return found ?? (language === "vi" ? undefined : translated(extended, "en")) ?? text ?? "";
}

function translated(extended: Extended | undefined, language: string): string | undefined {
  for (const { url, extension } of extended?.extension ?? []) {
    if (url !== translationUrl || extension?.find((part) => part.url === "lang")?.valueCode?.split("-")[0] !== language)
      continue;
    const content = extension.find((part) => part.url === "content");
    const said = content?.valueString ?? content?.valueMarkdown;
    if (said) return said;
  }
  return undefined;
}

export function optionText(option: AnswerOption, language: string): string {
  if (option.valueCoding)
    return textOf(option.valueCoding.display ?? option.valueCoding.code, option.valueCoding._display, language);
  return String(option.valueString ?? option.valueInteger ?? option.valueDate ?? "");
}
