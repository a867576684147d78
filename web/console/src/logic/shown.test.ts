import { expect, test } from "vitest";

import { isBareNumber } from "./shown";

test("the number of a paper alone", () => {
  for (const number of ["B1234567", "b 123 4567", "012345678901", "0123.456.789", "DN4790123456789"]) expect(isBareNumber(number)).toBe(true);
});

test("codes and whole papers are no bare numbers", () => {
  for (const code of ["", "LTP.ABC1234", "LTD.x1y2z3", "012345678901|123456789|Trần Thị Về|01011990|Nữ|1 Lê Lợi|01012021", "P<UTOERIKSSON<<ANNA", "Nguyen"])
    expect(isBareNumber(code)).toBe(false);
});
