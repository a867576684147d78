import { expect, test } from "vitest";

import { readZone } from "./zone";

// The specimens of ICAO Doc 9303, parts 4 and 5.
const passport = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10";
const card = "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<";

test("a passport and a foreign card", () => {
  const said = { name: "ERIKSSON ANNA MARIA", birthDate: "1974-08-12" };
  expect(readZone(passport, "2026-11-22")).toEqual({ kind: "passport", number: "L898902C3", ...said });
  expect(readZone(card, "2026-11-22")).toEqual({ kind: "passport", number: "D23145890", ...said });
});

test("a nationality that names a country", () => {
  expect(readZone(passport.replaceAll("UTO", "SWE"), "2026-11-22")?.nationality).toBe("SE");
});

test("a birth lies before today", () => {
  expect(readZone(passport, "1974-08-12")?.birthDate).toBe("1974-08-12");
  expect(readZone(passport, "2073-01-01")?.birthDate).toBe("1974-08-12");
  expect(readZone(passport, "2074-08-12")?.birthDate).toBe("2074-08-12");
});

test("Viet Nam's chip card is known by its twelve digits", () => {
  const chip = "IDVNM2020000018001202000001<<87408122F1204159VNM<<<<<<<<<<<6TRAN<<THI<VE<<<<<<<<<<<<<<<<<<";
  expect(readZone(chip, "2026-11-22")).toMatchObject({ kind: "cccd", number: "001202000001", nationality: "VN", name: "TRAN THI VE" });
});

test("something else says nothing", () => {
  for (const zone of ["", passport.slice(1), "<".repeat(88)]) expect(readZone(zone, "2026-11-22")).toBeUndefined();
});
