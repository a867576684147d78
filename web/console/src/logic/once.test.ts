import { expect, test } from "vitest";

import { sentOnce } from "./once";

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
