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
