import { expect, test } from "vitest";

import type { KeptPerson } from "../app/device";
import type { Queue } from "../offline/queue";
import { CheckingIn } from "./checkingIn";

const people: KeptPerson[] = [
  { id: "an", name: "An", birthYear: 1980, relation: "self" },
  { id: "ba", name: "Ba", birthYear: 2012, relation: "child" },
  { id: "cuc", name: "Cúc", birthYear: 1950, relation: "parent" },
];
const said = { place: "Chợ Đông Hà", capacity: undefined, at: "2026-11-21T01:00:00Z" };

/** Keeps so many submissions, then is full. */
function device(room: number) {
  const kept: Parameters<Queue["submit"]>[] = [];
  const submit: Queue["submit"] = async (...entry) => {
    if (kept.length === room) throw new DOMException("full", "QuotaExceededError");
    kept.push(entry);
    return { key: `key${kept.length}`, state: "waiting" };
  };
  return {
    kept,
    submit,
    makeRoom: () => {
      room = Infinity;
    },
  };
}

test("when the device is full midway, the second try records only who is missing, and answers for all", async () => {
  const { kept, submit, makeRoom } = device(2);
  const checkingIn = new CheckingIn("7GK2M0QX", submit, () => true);
  await expect(checkingIn.record(people, said)).rejects.toThrow("full");
  makeRoom();
  const done = await checkingIn.record(people, { ...said, at: "2026-11-21T00:40:00Z", capacity: "visitor" });
  expect(kept.map(([, { person }]) => person)).toEqual(["An", "Ba", "Cúc"]);
  expect(done.map(({ person, key }) => [person.id, key])).toEqual([
    ["an", "key1"],
    ["ba", "key2"],
    ["cuc", "key3"],
  ]);
});

test("the household's members are named, oneself is not", async () => {
  const { kept, submit } = device(3);
  await new CheckingIn("7GK2M0QX", submit, () => true).record(people.slice(0, 2), said);
  expect(kept.map(([what]) => what)).toEqual([
    { kind: "checkIn", body: { placeCode: "7GK2M0QX", at: said.at } },
    { kind: "checkIn", body: { placeCode: "7GK2M0QX", at: said.at, person: "ba" } },
  ]);
});
