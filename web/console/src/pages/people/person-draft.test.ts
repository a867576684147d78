import { expect, test } from "vitest";

import type { Person } from "../../api/types";
import { correctionOf, draftOf, emptyDraft, personOf, type PersonDraft } from "./person-draft";

const lanh: PersonDraft = { ...emptyDraft, name: "  Trần  Thị Lành", birthYear: "1986", sex: "female", unit: "9k2" };

test("only what was filled in is sent, tidied", () => {
  expect(personOf(lanh)).toEqual({ name: "Trần Thị Lành", birthYear: 1986, sex: "female", unit: "9k2" });
});

test("nothing is sent without name, birth, sex and residence; sex has no default", () => {
  expect(personOf(emptyDraft)).toBeUndefined();
  expect(personOf({ ...lanh, sex: "" })).toBeUndefined();
  expect(personOf({ ...lanh, birthYear: "86" })).toBeUndefined();
  expect(personOf({ ...lanh, unit: undefined })).toBeUndefined();
});

test("a full birth date stands for its year", () => {
  expect(personOf({ ...lanh, birthDate: "1986-05-12" })).toMatchObject({ birthDate: "1986-05-12" });
  expect(personOf({ ...lanh, birthDate: "1986-05-12" })).not.toHaveProperty("birthYear");
});

test("that nobody knows the birth is said", () => {
  expect(personOf({ ...lanh, birthYear: "" })).toBeUndefined();
  expect(personOf({ ...lanh, birthYear: "", birthUnknown: true })).toEqual({ name: "Trần Thị Lành", birthUnknown: true, sex: "female", unit: "9k2" });
});

test("a paper needs kind and number", () => {
  expect(personOf({ ...lanh, paperKind: "cccd" })).not.toHaveProperty("paper");
  expect(personOf({ ...lanh, paperKind: "cccd", paperNumber: "045186001234" })?.paper).toEqual({ kind: "cccd", number: "045186001234" });
});

const record: Person = {
  id: "p1",
  name: "Trần Thị Lành",
  birthDate: "1986-05-12",
  birthYear: 1986,
  sex: "female",
  nationality: "VN",
  unit: "9k2",
  unitPath: "Xã Hải Lăng, Tỉnh Quảng Trị",
  address: "Thôn 3",
  version: 4,
};
const corrected = (change: Partial<PersonDraft>, wrongPaper = "") => correctionOf(record, { ...draftOf(record), ...change }, wrongPaper, 2026);

test("only what differs from the record is put right", () => {
  expect(corrected({})).toBeUndefined();
  expect(corrected({ name: " Trần  Thị Lành " })).toBeUndefined();
  expect(corrected({ name: "Trần Thị Lan", address: "" })).toEqual({ name: "Trần Thị Lan", address: "" });
  expect(corrected({ sex: "male", unit: "9k3", nationality: "LA" })).toEqual({ sex: "male", unit: "9k3", nationality: "LA" });
});

test("a birth date that was a guess becomes its year, and a year a date", () => {
  expect(corrected({ birthDate: undefined })).toBeUndefined(); // perhaps only half typed
  expect(corrected({ birthDate: undefined, birthYear: "86" })).toBeUndefined();
  expect(corrected({ birthDate: undefined, birthYear: "1986" })).toEqual({ birthYear: 1986 });
  expect(corrected({ birthDate: "1986-05-21" })).toEqual({ birthDate: "1986-05-21" });
  const { birthDate: _, ...known } = record;
  expect(correctionOf(known, draftOf(known), "", 2026)).toBeUndefined();
  const imported = { ...known, birthYear: 0 };
  expect(correctionOf(imported, { ...draftOf(imported), name: "Lan" }, "", 2026)).toEqual({ name: "Lan" });
});

test("a paper is added with its kind; a wrong one is named by its number", () => {
  expect(corrected({ paperKind: "cccd" })).toBeUndefined();
  expect(corrected({ paperKind: "cccd", paperNumber: "045186001234" }, " 045186001243 ")).toEqual({
    paper: { kind: "cccd", number: "045186001234" },
    wrongPaper: "045186001243",
  });
});
