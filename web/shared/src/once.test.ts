import { afterEach, expect, test, vi } from "vitest";

import { ApiError } from "./api/problem";
import { sentOnce } from "./once";

afterEach(() => void vi.useRealTimers());

test("a second try says the moment of the first", async () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-22T01:00:00Z") });
  const once = sentOnce<string, string>();
  await expect(once("begin", () => Promise.reject(new Error("no answer")))).rejects.toThrow("no answer");
  vi.setSystemTime(Date.parse("2026-11-22T01:05:00Z"));
  expect(await once("begin", (_, __, at) => Promise.resolve(at))).toBe("2026-11-22T01:00:00.000Z");
  expect(await once("begin", (_, __, at) => Promise.resolve(at))).toBe("2026-11-22T01:05:00.000Z");
});

test("after a no it is a new thing", async () => {
  const keys: string[] = [];
  const once = sentOnce<string, void>();
  const say = (status: number) => (_: string, key: string) => {
    keys.push(key);
    return Promise.reject(new ApiError({ status, code: "x", title: "x" }));
  };
  for (const status of [409, 503, 503]) await expect(once("begin", say(status))).rejects.toBeInstanceOf(ApiError);
  expect(keys[1]).not.toBe(keys[0]);
  expect(keys[2]).toBe(keys[1]);
});

test("a second try has the same key; other words, or the same after success, have another", async () => {
  const keys: string[] = [];
  const lost = (_: { name: string }, key: string) => {
    keys.push(key);
    return Promise.reject(new Error("no answer"));
  };
  const heard = (_: { name: string }, key: string) => {
    keys.push(key);
    return Promise.resolve();
  };
  const once = sentOnce<{ name: string }, void>();
  await expect(once({ name: "a" }, lost)).rejects.toThrow("no answer");
  await once({ name: "a" }, heard);
  await once({ name: "a" }, heard);
  await expect(once({ name: "b" }, lost)).rejects.toThrow("no answer");
  await once({ name: "c" }, heard);
  expect(keys[1]).toBe(keys[0]);
  expect(new Set(keys).size).toBe(4);
});

/** Sends whose answers come when the test says so. */
function held() {
  const sent: { body: string; key: string; answer: () => void; lose: () => void }[] = [];
  const send = (body: string, key: string) =>
    new Promise<string>((resolve, reject) =>
      sent.push({ body, key, answer: () => resolve(body), lose: () => reject(new Error("no answer")) }),
    );
  return { sent, send };
}

test("of two under way at once, the one that was lost keeps its key, and the other's answer changes nothing about it", async () => {
  const once = sentOnce<string, string>();
  const { sent, send } = held();
  const first = once("a", send);
  const second = once("b", send);
  sent[0]!.lose();
  await expect(first).rejects.toThrow("no answer");
  sent[1]!.answer();
  expect(await second).toBe("b");
  const again = once("a", send);
  sent[2]!.answer();
  expect(await again).toBe("a");
  expect(sent[1]!.key).not.toBe(sent[0]!.key);
  expect(sent[2]!.key).toBe(sent[0]!.key);
});

test("of two that were both lost, each is tried again with its own key", async () => {
  const once = sentOnce<string, string>();
  const { sent, send } = held();
  const both = [once("a", send), once("b", send)];
  sent.forEach(({ lose }) => lose());
  for (const one of both) await expect(one).rejects.toThrow("no answer");
  for (const body of ["a", "b"]) {
    const again = once(body, send);
    sent.at(-1)!.answer();
    await again;
  }
  expect(sent.slice(2).map(({ key }) => key)).toEqual(sent.slice(0, 2).map(({ key }) => key));
});

test("the same words said again while they are under way are sent once", async () => {
  const once = sentOnce<string, string>();
  const { sent, send } = held();
  const both = [once("a", send), once("a", send)];
  expect(sent).toHaveLength(1);
  sent[0]!.answer();
  expect(await Promise.all(both)).toEqual(["a", "a"]);
});

test("what cannot even be sent is no try under way", async () => {
  const once = sentOnce<string, string>();
  const broken = () => {
    throw new Error("broken");
  };
  await expect(once("a", broken)).rejects.toThrow("broken");
  expect(await once("a", async () => "sent")).toBe("sent");
});
