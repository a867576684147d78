import type { Questionnaire, QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { expect, test } from "vitest";

import { leaves, withAnswer } from "./correcting";

const form = {
  resourceType: "Questionnaire",
  item: [
    { linkId: "a", type: "group", item: [{ linkId: "fever", type: "boolean", text: "Sốt" }, { linkId: "gate", type: "string", text: "Cửa khẩu" }] },
    { linkId: "n", type: "integer", text: "Số" },
  ],
} as unknown as Questionnaire;
const response = {
  resourceType: "QuestionnaireResponse",
  status: "completed",
  item: [
    { linkId: "a", item: [{ linkId: "fever", answer: [{ valueBoolean: false }] }, { linkId: "gate", answer: [{ valueString: "Lao Bảo" }] }] },
    { linkId: "n", answer: [{ valueInteger: 3 }] },
  ],
} as QuestionnaireResponse;

test("what was answered and can be put right, in the form's words", () => {
  expect(leaves(form, response, "vi").map(({ question, path }) => [question, path])).toEqual([
    ["Sốt", [0, 0]],
    ["Cửa khẩu", [0, 1]],
  ]);
});

test("one answer is put right, the others and the old response stay", () => {
  const after = withAnswer(response, [0, 0], { valueBoolean: true });
  expect(leaves(form, after, "vi").map(({ answer }) => answer)).toEqual([{ valueBoolean: true }, { valueString: "Lao Bảo" }]);
  expect(leaves(form, response, "vi")[0]!.answer).toEqual({ valueBoolean: false });
});
