import { expect, test, vi } from "vitest";

import type { Submission } from "../offline/queue";
import { bare } from "./over";
import { record } from "./record";

const submit = vi.hoisted(() => vi.fn());
vi.mock("./shift", () => ({ gateQueue: Promise.resolve({ submit }) }));

const at = "2026-11-21T01:00:00Z";
const entry: Submission = { kind: "gateEntry", body: { shift: "s", place: "p", at, code: "LT1.ai", companions: 0 } };
const said = (key: string) => key;

test("what the device could not even keep is refused, and that is said", async () => {
  submit.mockRejectedValue(new DOMException("full", "QuotaExceededError"));
  expect(await record(entry, said)).toEqual({ state: "refused", over: false, title: "guard.notKept", text: "guard.notKeptText" });
});

test("a refusal says why, and whether it ends the shift", async () => {
  const problem = { title: "Hết ca", status: 403, code: "shift_over" };
  submit.mockResolvedValue({ key: "k", state: "refused", problem });
  expect(await record(entry, said)).toEqual({ state: "refused", over: true, title: "Hết ca" });
  submit.mockResolvedValue({ key: "k", state: "refused", problem: { ...problem, code: "place_closed" } });
  expect(await record(entry, said)).toMatchObject({ over: false });
});

test("of whom a shift did not record, the time stays and nothing of the person", () => {
  expect(bare(entry)).toEqual({ kind: "gateEntry", body: { shift: "s", place: "p", at, companions: 0 } });
  const said = { hand: "guard", form: "place-entry", version: "1" } as const;
  const declared: Submission = {
    kind: "gateDeclaration",
    place: "p",
    body: { shift: "s", at, ...said, name: "Khách", birthYear: 1950, response: { item: [] }, pictures: [] },
  };
  expect(bare(declared)).toEqual({ kind: "gateDeclaration", place: "p", body: { shift: "s", at, ...said } });
  const door = { kind: "door", path: "/api/v1/team/findings", body: { at, household: "h", note: "ốm" } } as const;
  expect(bare(door)).toEqual({ ...door, body: { at } });
});
