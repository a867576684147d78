import { expect, test } from "vitest";

import { placeOf, withCommune, withSite } from "./PlaceFields";

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

test("a site brings its commune, which may be changed and leaves with it", () => {
  const chosen = withSite({ kind: "site" }, "9k2");
  const filled = withCommune(chosen, "9k2", { id: "7m4", level: "commune" });
  expect(filled).toEqual({ kind: "site", site: "9k2", unit: "7m4" });
  expect(placeOf(filled)).toEqual({ kind: "site", site: "9k2", unit: "7m4" });
  expect(withCommune({ ...chosen, unit: "8n5" }, "9k2", { id: "7m4", level: "commune" }).unit).toBe("8n5");
  expect(withCommune(chosen, "6p3", { id: "7m4", level: "commune" })).toEqual(chosen);
  expect(withCommune(chosen, "9k2", { id: "44", level: "province" })).toEqual(chosen);
  expect(withSite(filled, "6p3").unit).toBeUndefined();
  expect(withSite(filled, "").unit).toBeUndefined();
  expect(withSite({ kind: "home", unit: "8n5" }, undefined).unit).toBe("8n5");
});
