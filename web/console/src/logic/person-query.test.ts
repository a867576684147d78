import { expect, test } from "vitest";

import { parsePersonQuery } from "./person-query";

test("phones are recognised however they are written", () => {
  expect(parsePersonQuery("0912 345 678")).toEqual({ phone: "0912345678" });
  expect(parsePersonQuery("+84 912.345.678")).toEqual({ phone: "+84912345678" });
});

test("papers are told from phones by their length", () => {
  expect(parsePersonQuery("045 186 001 234")).toEqual({ paper: "045186001234" });
  expect(parsePersonQuery("197123456")).toEqual({ paper: "197123456" });
  expect(parsePersonQuery("c1234567")).toEqual({ paper: "C1234567" });
  expect(parsePersonQuery("GD4454512345678")).toEqual({ paper: "GD4454512345678" });
});

test("a name may be followed by a year of birth", () => {
  expect(parsePersonQuery("Trần Thị Lành 1986")).toEqual({ name: "Trần Thị Lành", birthYear: 1986 });
  expect(parsePersonQuery("  tran   thi lanh ")).toEqual({ name: "tran thi lanh" });
  expect(parsePersonQuery("Lành 1786")).toBeUndefined();
});

test("too little, or a half-typed number, asks nothing", () => {
  expect(parsePersonQuery("")).toBeUndefined();
  expect(parsePersonQuery("Lành")).toBeUndefined();
  expect(parsePersonQuery("0912 34")).toBeUndefined();
  expect(parsePersonQuery("Lành 19")).toBeUndefined();
});
