// One short message at a time, with at most one thing to do about it.

import { useSyncExternalStore } from "react";

export interface Toast {
  text: string;
  action?: { text: string; run: () => void };
}

let current: Toast | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

export function toast(message: Toast | undefined, seconds = 6): void {
  clearTimeout(timer);
  current = message;
  listeners.forEach((listener) => listener());
  if (message && seconds > 0) timer = setTimeout(() => toast(undefined), seconds * 1000);
}

export const useToast = (): Toast | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
