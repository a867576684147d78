import { expect, test } from "vitest";

import { newest } from "./newest";

test("an answer is shown unless one that was asked for later is there", () => {
  const ask = newest();
  const [first, second, third] = [ask(), ask(), ask()];
  expect(first()).toBe(true);
  expect(third()).toBe(true);
  expect(second()).toBe(false);
  expect(ask()()).toBe(true);
});
