import { expect, test } from "vitest";

import { parseBirth, writeBirth } from "./birth";

const today = "2026-11-21";

test.each([
  ["1956", { birthYear: 1956 }],
  ["12/3/1956", { birthDate: "1956-03-12" }],
  ["12-03-1956", { birthDate: "1956-03-12" }],
  ["12 03 1956", { birthDate: "1956-03-12" }],
  ["12031956", { birthDate: "1956-03-12" }],
  ["29/02/2024", { birthDate: "2024-02-29" }],
  ["21/11/2026", { birthDate: "2026-11-21" }],
])("%s is read", (text, birth) => expect(parseBirth(text, today)).toEqual(birth));

test.each(["", "56", "1899", "2027", "31/04/2000", "29/02/2023", "22/11/2026", "3/1956", "1956-03-12", "mười hai"])(
  "%s is not a birth date",
  (text) => expect(parseBirth(text, today)).toBeUndefined(),
);

test("what is written is read back with the same precision", () => {
  expect(parseBirth(writeBirth({ birthYear: 1956 }), today)).toEqual({ birthYear: 1956 });
  expect(parseBirth(writeBirth({ birthDate: "1956-03-12", birthYear: 1956 }), today)).toEqual({
    birthDate: "1956-03-12",
  });
});
