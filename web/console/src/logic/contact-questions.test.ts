import { expect, test } from "vitest";

import { briefOf, noLongerAsked, questionsOn } from "./contact-questions";

const question = (id: string, compulsory = true) => ({ id, compulsory, text: { vi: `${id}?`, en: `${id}?` }, brief: { vi: id, en: id } });
const disease = {
  contactQuestions: [
    { questions: [question("distanceUnder2m"), question("masks")], from: "2020-01-01", to: "2022-04-15", source: "s" },
    { questions: [question("distanceUnder1m"), question("masks", false)], from: "2022-04-15", source: "s" },
  ],
};
const ids = (day: string) => questionsOn(disease, day).map((one) => one.id);

test("what is asked is that of the day of the exposure", () => {
  expect(ids("2022-04-14")).toEqual(["distanceUnder2m", "masks"]);
  expect(ids("2022-04-15")).toEqual(["distanceUnder1m", "masks"]);
  expect(ids("2019-12-31")).toEqual([]);
  expect(questionsOn(undefined, "2022-04-15")).toEqual([]);
});

test("an answer to what is asked no more is kept and has its name", () => {
  const kept = { distanceUnder2m: "yes", masks: "no" } as const;
  expect(noLongerAsked(kept, questionsOn(disease, "2022-04-15"))).toEqual([["distanceUnder2m", "yes"]]);
  expect(noLongerAsked(kept, questionsOn(disease, "2022-04-14"))).toEqual([]);
  expect(briefOf(disease, "2022-04-15", "distanceUnder2m")?.vi).toBe("distanceUnder2m");
  expect(briefOf(disease, "2022-04-15", "touched")).toBeUndefined();
});
