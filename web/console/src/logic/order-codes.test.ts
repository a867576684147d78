import { expect, test } from "vitest";

import { orderCodes } from "./order-codes";

test("of a list, of addresses of papers, and of lines with other columns", () => {
  expect(orderCodes("LTQ-7GK2-M0QX\r\n\n1;Phạm Thị Gặp;LTQ-1111-2222\nhttps://x/verify#LTQ.0ABC")).toEqual(["LTQ-7GK2-M0QX", "LTQ-1111-2222", "LTQ.0ABC"]);
});

test("scanned twice counts once, and what is no code is not lost", () => {
  expect(orderCodes("LTQ-7GK2-M0QX\nLTQ-7GK2-M0QX\nvé xe")).toEqual(["LTQ-7GK2-M0QX", "vé xe"]);
  expect(orderCodes("")).toEqual([]);
});
