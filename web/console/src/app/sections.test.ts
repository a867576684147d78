import { expect, test } from "vitest";

import { sections } from "./sections";

test("each section has a key of its own", () => {
  const keys = Object.values(sections).map((one) => one.key);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});
