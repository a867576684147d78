import { expect, test } from "vitest";

import { emptyDraft, personOf, type PersonDraft } from "./person-draft";

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

test("a paper needs kind and number", () => {
  expect(personOf({ ...lanh, paperKind: "cccd" })).not.toHaveProperty("paper");
  expect(personOf({ ...lanh, paperKind: "cccd", paperNumber: "045186001234" })?.paper).toEqual({ kind: "cccd", number: "045186001234" });
});
