import { expect, test } from "vitest";

import { isEasyPin } from "./pin";

test.each(["000000", "123456", "654321", "121212", "123123"])("%s is easy to guess", (pin) =>
  expect(isEasyPin(pin)).toBe(true),
);
test.each(["246802", "102938", "112358", "908172"])("%s is not", (pin) => expect(isEasyPin(pin)).toBe(false));
