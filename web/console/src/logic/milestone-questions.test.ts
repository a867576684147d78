import { expect, test } from "vitest";

import { answersToSend, askedOfMilestone, briefOfMilestone } from "./milestone-questions";

const question = (id: string) => ({ id, text: { vi: `${id}?`, en: `${id}?` }, brief: { vi: id, en: id } });
const disease = {
  milestoneQuestions: [
    { questions: [question("masks"), question("near")], from: "2020-01-01", to: "2022-04-15", source: "s" },
    { questions: [question("masks"), question("near1m")], from: "2022-04-15", to: "2026-01-01", source: "s" },
    { questions: [], from: "2026-01-01", source: "s" },
  ],
};
const ids = (day: string) => askedOfMilestone(disease, day).map((one) => one.id);

test("what is asked is that of the day on which it began", () => {
  expect(ids("2022-04-14")).toEqual(["masks", "near"]);
  expect(ids("2022-04-15")).toEqual(["masks", "near1m"]);
  expect(ids("2026-01-01")).toEqual([]);
  expect(ids("2019-12-31")).toEqual([]);
  expect(askedOfMilestone(undefined, "2022-04-15")).toEqual([]);
});

test("an answer has its name on other days, too", () => {
  expect(briefOfMilestone(disease, "2026-11-23", "near")?.vi).toBe("near");
  expect(briefOfMilestone(disease, "2026-11-23", "sharedMeals")).toBeUndefined();
});

test("what another day asks is not sent, and what was answered before is", () => {
  const given = { masks: "yes", near: "no", near1m: "no", askedOnce: "unknown" } as const;
  expect(answersToSend(given, {}, askedOfMilestone(disease, "2022-04-14"))).toEqual({ masks: "yes", near: "no" });
  expect(answersToSend(given, { askedOnce: "unknown" }, askedOfMilestone(disease, "2022-04-15"))).toEqual({ masks: "yes", near1m: "no", askedOnce: "unknown" });
  expect(answersToSend(given, { near: "yes" }, askedOfMilestone(undefined, "2022-04-15"))).toEqual({ near: "no" });
});
