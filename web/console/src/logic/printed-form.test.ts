import { readFileSync } from "node:fs";

import type { Questionnaire, QuestionnaireResponse, ResponseItem } from "@luytre/shared/questionnaire";
import { expect, test } from "vitest";

import { printed } from "./printed-form";

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../../../data/forms/investigation/${name}.json`, import.meta.url), "utf8")) as Questionnaire;
const general = read("investigation-2026-11-23");
const covid = read("investigation-covid-19-2021-07-30");
const words = { language: "vi", yes: "Có", no: "Không" };
const response = (...item: ResponseItem[]): QuestionnaireResponse => ({ resourceType: "QuestionnaireResponse", status: "completed", item });
const disease = (valueString: string): ResponseItem => ({ linkId: "disease", answer: [{ valueString }] });
const lines = (form: Questionnaire, given: QuestionnaireResponse, filled: boolean) => printed(form, given, filled, words).flatMap((group) => group.lines);
const texts = (...of: Parameters<typeof lines>) => lines(...of).map(({ text }) => text);

test("the empty form has every question that may be asked of this disease, and none of another's", () => {
  const cholera = texts(general, response(disease("cholera")), false);
  expect(cholera).toContain("Đi ngoài như nước vo gạo");
  expect(cholera).toContain("Sốt: từ ngày");
  expect(cholera).toContain("Số tuần thai");
  expect(cholera).not.toContain("Hạt Koplik trong miệng");
  expect(cholera).not.toContain("Bệnh");
  expect(texts(general, response(disease("measles")), false)).toContain("Hạt Koplik trong miệng");
});

test("nothing is ticked or written on the empty form, also where something was answered", () => {
  const given = response({ linkId: "symptoms", item: [{ linkId: "fever", answer: [{ valueBoolean: true }] }] }, { linkId: "person", item: [{ linkId: "occupation", answer: [{ valueString: "Giáo viên" }] }] });
  for (const line of lines(covid, given, false)) {
    expect(line.answer).toBe("");
    expect(line.boxes.some(({ ticked }) => ticked)).toBe(false);
  }
  const filled = lines(covid, given, true);
  expect(filled.find(({ key }) => key === "fever")?.boxes).toEqual([
    { text: "Có", ticked: true },
    { text: "Không", ticked: false },
  ]);
  expect(filled.find(({ key }) => key === "cough")?.boxes.every(({ ticked }) => !ticked)).toBe(true);
  expect(filled.find(({ key }) => key === "occupation")?.answer).toBe("Giáo viên");
});

test("the filled form has what followed from the answers, and says that it depends", () => {
  const given = response({ linkId: "symptoms", item: [{ linkId: "fever", answer: [{ valueBoolean: true }] }, { linkId: "fever-since", answer: [{ valueDate: "2026-11-20" }] }] });
  const since = lines(covid, given, true).find(({ key }) => key === "fever-since");
  expect(since?.answer).toBe("20/11/2026");
  expect(since?.depends).toBe(true);
  expect(texts(covid, given, true)).not.toContain("Ho: từ ngày");
});

test("groups are titled, in the language asked for", () => {
  const groups = printed(covid, response(), false, { language: "en", yes: "Yes", no: "No" });
  expect(groups.map(({ title }) => title)).toContain("Underlying conditions");
  expect(groups.every(({ title, lines: of }) => title !== "" || of.length > 0)).toBe(true);
});
