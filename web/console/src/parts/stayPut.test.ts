import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { stayPut } from "./stayPut";

/** A page of so much above the element, shown through a window of 800. */
let above: number;
let below: number;
let resized: (() => void) | undefined;
let listeners: Set<() => void>;
let style: Map<string, string>;

const highest = () => Math.max(0, above + below - 800);
const put = (y: number) => vi.stubGlobal("scrollY", Math.min(Math.max(0, y), highest()));
const tell = () => listeners.forEach((listener) => listener());
const scrollTo = (y: number) => {
  put(y);
  tell();
};
const element = { getBoundingClientRect: () => ({ top: above - scrollY }) } as Element;
const onScreen = () => above - scrollY;
/** The page is another height: the browser keeps the position within it, then tells. */
const become = (height: number) => {
  above = height;
  put(scrollY);
  resized?.();
  tell(); // in the next frame
};

beforeEach(() => {
  above = 3000;
  below = 1000;
  listeners = new Set();
  style = new Map();
  resized = undefined;
  vi.stubGlobal("scrollY", 2600);
  vi.stubGlobal("document", {
    body: {},
    documentElement: { style: { setProperty: (key: string, value: string) => style.set(key, value), removeProperty: (key: string) => style.delete(key) } },
  });
  vi.stubGlobal("addEventListener", (_: string, listener: () => void) => listeners.add(listener));
  vi.stubGlobal("removeEventListener", (_: string, listener: () => void) => listeners.delete(listener));
  vi.stubGlobal("scrollBy", ({ top }: { top: number }) => put(scrollY + top));
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(told: () => void) {
        resized = told;
      }
      observe() {}
      disconnect() {
        resized = undefined;
      }
    },
  );
});
afterEach(() => void vi.unstubAllGlobals());

test("what grows or shrinks above does not move it", () => {
  stayPut(element);
  become(900);
  expect(onScreen()).toBe(400);
  become(4200);
  expect(onScreen()).toBe(400);
});

test("where the page is too short for a while, it comes back to its place", () => {
  above = 500;
  below = 700;
  scrollTo(100);
  stayPut(element);
  become(300);
  expect(onScreen()).toBe(300);
  become(3000);
  expect(onScreen()).toBe(400);
});

test("who scrolls moves it", () => {
  stayPut(element);
  scrollTo(2700);
  become(3500);
  expect(onScreen()).toBe(300);
});

test("afterwards the browser is left alone", () => {
  const end = stayPut(element);
  expect(style.size).toBe(1);
  end();
  expect([style.size, listeners.size, resized]).toEqual([0, 0, undefined]);
});
