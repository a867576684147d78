import { ApiError, Unreachable } from "@luytre/shared/api";
import { beforeEach, expect, test } from "vitest";

import { createLeaving } from "./leaving";

let kept: Map<string, string>;
let ended: number;
let loaded: number;
let trouble: Error | undefined;

beforeEach(() => {
  kept = new Map();
  ended = loaded = 0;
  trouble = undefined;
});

const page = () =>
  createLeaving({
    end: async () => {
      if (trouble) throw trouble;
      ended++;
    },
    memory: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    loadAnew: () => loaded++,
  });

test("leaving ends the session and loads the page anew", async () => {
  const leaving = page();
  await leaving.leave();
  expect([ended, loaded, leaving.left(), kept.size]).toEqual([1, 1, false, 0]);
});

test("a session that is over already is no obstacle", async () => {
  trouble = new ApiError({ status: 401, code: "not_signed_in", title: "x" });
  const leaving = page();
  await leaving.leave();
  expect([loaded, leaving.left()]).toEqual([1, false]);
});

test.each([new Unreachable(), new ApiError({ status: 503, code: "x", title: "x" })])("that the session lives on is told: %s", async (silence) => {
  trouble = silence;
  const leaving = page();
  let told = 0;
  leaving.watch(() => told++);
  await leaving.leave();
  expect([loaded, leaving.left(), told]).toEqual([0, true, 1]);
  trouble = undefined;
  await leaving.leave();
  expect([ended, loaded]).toEqual([1, 1]);
});

test("whoever left without a network is signed out when the page is loaded again, before anything is shown", async () => {
  trouble = new Unreachable();
  await page().leave();
  const reloaded = page();
  await expect(reloaded.makeUp()).rejects.toBe(trouble);
  trouble = undefined;
  expect(await reloaded.makeUp()).toBe(true);
  expect(ended).toBe(1);
  expect(await reloaded.makeUp()).toBe(false);
  expect(ended).toBe(1);
});

test("who signs in afterwards stays", async () => {
  trouble = new Unreachable();
  const leaving = page();
  await leaving.leave();
  trouble = undefined;
  leaving.entered();
  expect(await leaving.makeUp()).toBe(false);
  expect(ended).toBe(0);
});
