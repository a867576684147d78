import { expect, test } from "vitest";

import { isGrownUp } from "./adult";

test("who may have grown up counts as grown up; oneself is never another's affair", () => {
  expect(isGrownUp({ relation: "child", birthYear: 2011 }, "2026-11-22")).toBe(false);
  expect(isGrownUp({ relation: "child", birthYear: 2010 }, "2026-11-22")).toBe(true);
  expect(isGrownUp({ relation: "parent", birthYear: 0 }, "2026-11-22")).toBe(true);
  expect(isGrownUp({ relation: "self", birthYear: 1980 }, "2026-11-22")).toBe(false);
});
