import { expect, test } from "vitest";

import { showPhone, tidyPhone } from "./phone";

test.each([
  ["0912 345 678", "0912345678"],
  ["0912.345.678", "0912345678"],
  ["+84 912 345 678", "+84912345678"],
  ["84912345678", "84912345678"],
  ["+856 20 5555 1234", "+8562055551234"],
])("%s is a phone number", (typed, tidy) => expect(tidyPhone(typed)).toBe(tidy));

test.each(["", "0912", "912345678", "09123456789", "0912x45678", "+0912345678"])("%s is none", (typed) =>
  expect(tidyPhone(typed)).toBeUndefined(),
);

test("numbers are shown as people say them", () => {
  expect(showPhone("+84912345678")).toBe("0912 345 678");
  expect(showPhone("84912345678")).toBe("0912 345 678");
  expect(showPhone("+8562055551234")).toBe("+8562055551234");
});
