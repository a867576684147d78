// One short message at a time, with at most one thing to do about it.

import { useSyncExternalStore } from "react";

export interface Toast {
  text: string;
  action?: { text: string; run: () => void };
}

let current: Toast | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Second by second: while the device stands still nobody reads. */
function fade(seconds: number): void {
  timer = setTimeout(() => (seconds > 1 ? fade(seconds - 1) : toast(undefined)), 1000);
}

export function toast(message: Toast | undefined, seconds = 6): void {
  clearTimeout(timer);
  current = message;
  listeners.forEach((listener) => listener());
  if (message && seconds > 0) fade(seconds);
}

export const useToast = (): Toast | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
