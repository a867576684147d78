import { expect, test } from "vitest";

import { classTextOn, offeredClasses } from "./contact-classes";

const entry = (contactClass: string, from: string, to?: string) => ({ contactClass, text: { vi: `${from}?`, en: `${contactClass} ${from}` }, from, ...(to ? { to } : {}), source: "s" });
const airborne = { contactClasses: [entry("F1", "2020-08-07", "2021-12-29"), entry("F2", "2021-07-30", "2021-12-29"), entry("F1", "2021-12-29")] };
const byMosquito = { contactClasses: [entry("none", "2020-01-01")] };

test("who is a contact is said by the day of the exposure, and before that by nobody", () => {
  expect(classTextOn(airborne, "2021-12-28", "F1")?.en).toBe("F1 2020-08-07");
  expect(classTextOn(airborne, "2021-12-29", "F1")?.en).toBe("F1 2021-12-29");
  expect(classTextOn(airborne, "2021-12-29", "F2")).toBeUndefined();
  expect(classTextOn(airborne, "2020-08-06", "F1")).toBeUndefined();
  expect(classTextOn(undefined, "2021-12-29", "F1")).toBeUndefined();
});

test("where nobody is a contact no other class is offered, but the one assigned is seen", () => {
  expect(offeredClasses(airborne, "2021-12-29", undefined)).toEqual(["F1", "F2", "none"]);
  expect(offeredClasses(undefined, "2021-12-29", undefined)).toEqual(["F1", "F2", "none"]);
  expect(offeredClasses(byMosquito, "2019-12-31", undefined)).toEqual(["F1", "F2", "none"]);
  expect(offeredClasses(byMosquito, "2020-01-01", undefined)).toEqual(["none"]);
  expect(offeredClasses(byMosquito, "2020-01-01", "none")).toEqual(["none"]);
  expect(offeredClasses(byMosquito, "2020-01-01", "F2")).toEqual(["F2", "none"]);
});
