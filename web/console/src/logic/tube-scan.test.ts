import { expect, test } from "vitest";

import { sortRead, sortScan, whatIsScanned } from "./tube-scan";

const code = "LTP.4G000G00";

test("a tube, then a person", () => {
  expect(sortScan(" QT-1 ", `${code} `, false)).toEqual({ tube: "QT-1", code });
  expect(sortScan("QT-1", "", false)).toEqual({ tube: "QT-1", code: "" });
});

test("a person before the tube", () => {
  expect(sortScan(code, "", false)).toEqual({ tube: "", code });
  expect(sortScan(code, "QT-1", true)).toEqual({ tube: "QT-1", code });
  expect(sortScan(code, "LTD.x1y2z3", true)).toEqual({ tube: "", code });
});

test("in a pool the next barcode begins the next tube; elsewhere it is left to the server to refuse", () => {
  expect(sortScan("QT-1", "QT-2", true)).toEqual({ tube: "QT-2", code: "" });
  expect(sortScan("QT-1", "QT-2", false)).toEqual({ tube: "QT-1", code: "QT-2" });
  for (const other of ["LTD.x1y2z3", "012345678901|123456789|Trần Thị Về|01011990"])
    expect(sortScan("QT-1", other, true)).toEqual({ tube: "QT-1", code: other });
});

test("a camera tells labels, people and the rest apart", () => {
  for (const label of ["QT-1", " 8938505974194", "QT/A.4517"]) expect(whatIsScanned(label)).toBe("tube");
  expect(whatIsScanned(code)).toBe("person");
  for (const other of ["LTD.x1y2z3", "LTC.7GK2M0QX", "012345678901|123456789|Trần Thị Về|01011990", "https://luytre.vn/q/LT.7K2F", "QT"]) expect(whatIsScanned(other)).toBe("other");
});

test("what a camera reads goes into the box of its kind, in either order", () => {
  expect(sortRead("", "", "QT-1")).toEqual({ tube: "QT-1", code: "" });
  expect(sortRead("QT-1", "", code)).toEqual({ tube: "QT-1", code });
  expect(sortRead("", "", code)).toEqual({ tube: "", code });
  expect(sortRead("", code, "QT-1")).toEqual({ tube: "QT-1", code });
});

test("a tube after a tube takes its place, and never somebody who was sent with the other", () => {
  expect(sortRead("QT-1", "", "QT-2")).toEqual({ tube: "QT-2", code: "" });
  expect(sortRead("QT-1", code, "QT-2")).toEqual({ tube: "QT-2", code: "" });
  expect(sortRead("QT-1", code, "LTP.5H111H11")).toEqual({ tube: "QT-1", code: "LTP.5H111H11" });
});
