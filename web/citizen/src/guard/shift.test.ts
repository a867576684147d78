import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";

vi.mock("../app/api", () => ({ acrossTabs: () => ({}), api: {}, send: () => Promise.reject(new Error("nothing waits")) }));
vi.stubGlobal("addEventListener", () => undefined);

const { asideKeys, forgetShift, keepAside, keepDuty, kept, onDuty } = await import("./shift");
const { keepDraft, lastDesk, readDraft } = await import("../lane/lane");
const { fresh } = await import("../lane/draft");

const duty = {
  shift: { shift: "s", ends: "2099-01-01T00:00:00Z" },
  desk: { gates: [] },
  admitted: 0,
} as unknown as Parameters<typeof keepDuty>[0];
const car = { ...fresh(), plate: "74A12345", people: [{ phone: "+84917000001" }] };

test("with its shift what was kept beside it goes, and an answer that comes later is not kept", async () => {
  await keepDuty(duty);
  await keepDraft("bridge", car);
  await keepAside(asideKeys.desk, { place: "bridge", what: { open: [] } });
  expect(await readDraft("bridge")).toEqual(car);
  expect(await readDraft("ferry"), "of the other lane").toEqual(fresh());
  await forgetShift();
  await keepDraft("bridge", car);
  expect(await readDraft("bridge")).toEqual(fresh());
  expect(await lastDesk("bridge")).toBeUndefined();
  for (const key of Object.values(asideKeys)) expect(await kept(key)).toBeUndefined();
});

test("a shift that is over by the clock leaves nothing either", async () => {
  await keepDuty({ ...duty, shift: { ...duty.shift, ends: "2020-01-01T00:00:00Z" } });
  await keepDraft("bridge", car);
  expect(await onDuty()).toBeUndefined();
  await keepDuty(duty); // the next one
  expect(await readDraft("bridge")).toEqual(fresh());
});
