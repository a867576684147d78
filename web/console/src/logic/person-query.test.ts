import { expect, test } from "vitest";

import { parseCaseNumber, parseOrderNumber, parsePersonQuery } from "./person-query";

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

test("a full birth date stands alone or behind a name, day before month", () => {
  expect(parsePersonQuery("Lành 5/3/1986")).toEqual({ name: "Lành", birthDate: "1986-03-05" });
  expect(parsePersonQuery("Trần Thị Lành 05.03.1986")).toEqual({ name: "Trần Thị Lành", birthDate: "1986-03-05" });
  expect(parsePersonQuery("17-05-1980")).toEqual({ birthDate: "1980-05-17" });
  expect(parsePersonQuery("31/02/1986")).toBeUndefined();
  expect(parsePersonQuery("Lành 5/3/86")).toBeUndefined();
});

test("a code that a person shows is told from everything else", () => {
  const code = `LTP.${"7K2F".repeat(35)}`;
  expect(parsePersonQuery(` ${code}`)).toEqual({ code });
  expect(parsePersonQuery("LTP.7K2F")).toBeUndefined();
});

test("a case number is no person", () => {
  expect(parseCaseNumber(" cov-260821-7k2fq9 ")).toBe("COV-260821-7K2FQ9");
  expect(parsePersonQuery("COV-260821-7K2FQ9")).toBeUndefined();
  expect(parseCaseNumber("Trần Thị Lành")).toBeUndefined();
});

test("nor is the number of an order, however it is typed", () => {
  for (const typed of ["LTQ-7GK2-M0QX", " ltq-7gk2-m0qx ", "ltq 7gk2 m0qx", "LTQ7GK2M0QX"]) {
    expect(parseOrderNumber(typed)).toBe("LTQ-7GK2-M0QX");
    expect(parsePersonQuery(typed)).toBeUndefined();
    expect(parseCaseNumber(typed)).toBeUndefined();
  }
  expect(parseOrderNumber("LTQ-7GK2")).toBeUndefined();
  expect(parseOrderNumber("LTQ.7GK2M0QX")).toBeUndefined();
  expect(parseOrderNumber("COV-260821-7K2FQ9")).toBeUndefined();
});
