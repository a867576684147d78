import { expect, test } from "vitest";

import { placeOf } from "./PlaceFields";

test("a registered site is named by its id alone, whatever was typed before it was chosen", () => {
  expect(placeOf({ kind: "site", site: "9k2", name: "Trung đoàn", address: "Đường 9", unit: "7m4" })).toEqual({ kind: "site", site: "9k2", unit: "7m4" });
  expect(placeOf({ kind: "hotel", site: "9k2", payer: "state", dailyPrice: 500000 })).toEqual({ kind: "hotel", site: "9k2", payer: "state", dailyPrice: 500000 });
});

test("a place in words is whole with name and address; at home the record has the address", () => {
  expect(placeOf({ kind: "site", site: "", name: " Trung đoàn ", address: "Đường 9" })).toEqual({ kind: "site", name: "Trung đoàn", address: "Đường 9" });
  expect(placeOf({ kind: "site", site: "" })).toBeUndefined();
  expect(placeOf({ kind: "site", name: "Trung đoàn" })).toBeUndefined();
  expect(placeOf({ kind: "home" })).toEqual({ kind: "home" });
  expect(placeOf({})).toBeUndefined();
});
