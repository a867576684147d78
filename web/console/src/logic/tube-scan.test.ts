import { expect, test } from "vitest";

import { sortScan } from "./tube-scan";

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
