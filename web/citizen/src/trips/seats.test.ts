import { expect, test } from "vitest";

import { asList, following, nobody, open, refused, withSeat } from "./seats";

const an = { seat: "1", name: "Nguyễn Văn An", birthYear: "1980", phone: "0912345678", paper: "" };
const binh = { seat: "2", name: 'Trần, "Bình"', birthYear: "1990", phone: "", paper: "012345678901" };

test("the next seat follows where seats are numbered", () => {
  expect(["1", "12", "A9", "B09", "12A", ""].map(following)).toEqual(["2", "13", "A10", "B10", "", ""]);
});

test("a phone or a paper is enough, and nothing else may be left out", () => {
  expect(open(nobody)).toEqual(["seat", "name", "birthYear", "phone"]);
  expect(open(an)).toEqual([]);
  expect(open(binh)).toEqual([]);
  expect(open({ ...an, phone: " ", name: " " })).toEqual(["name", "phone"]);
});

test("a seat that stands there is written anew, in its place", () => {
  const both = withSeat(withSeat([], an), { ...binh, seat: " 2 " });
  expect(both.map(({ seat }) => seat)).toEqual(["1", "2"]);
  expect(withSeat(both, { ...an, name: "Lê An" }).map(({ name }) => name)).toEqual(["Lê An", binh.name]);
});

test("commas and quotes in a name part no fields", () => {
  expect(asList([an, binh]).split("\r\n")).toEqual([
    "seat,name,birthYear,phone,paper",
    '"1","Nguyễn Văn An","1980","0912345678",""',
    '"2","Trần, ""Bình""","1990","","012345678901"',
  ]);
});

test("what was refused stays with what is wrong, whatever was taken goes", () => {
  const errors = [{ column: "birthYear", code: "range" }];
  const lines = [
    { line: 2, state: "taken" as const, errors: [] },
    { line: 3, state: "refused" as const, errors },
  ];
  expect(refused([an, binh], { lines })).toEqual([{ ...binh, wrong: errors }]);
});
