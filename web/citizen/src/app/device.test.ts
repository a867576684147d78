import "fake-indexeddb/auto";
import type { Session } from "@luytre/shared/api";
import { expect, test } from "vitest";

import { device, draftKey, emptyDevice, holdDevice, keeper, kept, resumeDevice, shutDevice, stillSo } from "./device";

const session = (account: string) => ({ account, level: "full", kind: "citizen" }) as Session;
const people = [{ id: "p", name: "An", birthYear: 1990, relation: "self" as const }];

test("after signing out an answer that was still on its way is not kept; with the next session answers are kept again", async () => {
  await holdDevice(session("an"));
  const keep = keeper();
  await keep("people", people);
  expect(await kept("people")).toEqual(people);
  shutDevice();
  await keep("people", people);
  await emptyDevice();
  await keep("people", people);
  expect(await device.all("kept")).toEqual([]);
  await holdDevice(session("an"));
  await keep("people", people);
  expect(await kept("people"), "of the session before").toBeUndefined();
  await keeper()("people", people);
  expect(await kept("people")).toEqual(people);
});

test("an answer to one account is not kept for the next", async () => {
  await holdDevice(session("an"));
  const keep = keeper();
  shutDevice();
  await holdDevice(session("binh"));
  await keep("people", people);
  expect(await device.all("kept")).toEqual([session("binh")]);
});

test("drafts and submissions are refused once nobody holds the device", async () => {
  await holdDevice(session("an"));
  await device.put("drafts", draftKey("an", "f", "p"), { fever: true });
  shutDevice();
  await emptyDevice();
  await expect(device.put("drafts", draftKey("an", "f", "p"), { fever: true })).rejects.toThrow();
  await expect(device.put("queue", "1", { account: "an" })).rejects.toThrow();
  expect([...(await device.all("drafts")), ...(await device.all("queue"))]).toEqual([]);
});

test("the same session read again goes on keeping what was asked for before; one found without a network keeps, too", async () => {
  await holdDevice(session("an"));
  const keep = keeper();
  await holdDevice(session("an"));
  resumeDevice(session("an"));
  await keep("people", people);
  expect(await kept("people")).toEqual(people);
  const still = stillSo();
  expect(still()).toBe(true);
  shutDevice();
  expect(still()).toBe(false);
});
