import "fake-indexeddb/auto";
import { expect, test } from "vitest";

import { device, keep, kept, shutDevice } from "./device";

test("after signing out an answer that was still on its way is not kept; with the next session answers are kept again", async () => {
  const people = [{ id: "p", name: "An", birthYear: 1990, relation: "self" as const }];
  await keep("people", people);
  expect(await kept("people")).toEqual(people);
  shutDevice(true);
  await device.wipe();
  await keep("people", people);
  expect(await device.all("kept")).toEqual([]);
  shutDevice(false);
  await keep("people", people);
  expect(await kept("people")).toEqual(people);
});
