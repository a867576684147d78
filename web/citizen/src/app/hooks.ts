import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";

import type { Entry } from "../offline/queue";
import { queue } from "./api";
import { isOnline, watchOnline } from "./network";

/** Submissions of the signed-in account that wait or were refused. */
export const useWaiting = (): readonly Entry[] => useSyncExternalStore(queue.subscribe, queue.snapshot);

export const useOnline = (): boolean => useSyncExternalStore(watchOnline, isOnline);

/** Whether what asks is still on the screen when the answer is there. */
export function useLooking(): () => boolean {
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => void (here.current = false);
  }, []);
  return useCallback(() => here.current, []);
}

/** The time, again and again. */
export function useNow(everyMilliseconds: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMilliseconds);
    return () => clearInterval(timer);
  }, [everyMilliseconds]);
  return now;
}

/** The screen stays on while this is shown: a device at a door sees nothing once it sleeps. Where browsers cannot, it sleeps as before. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let gone = false;
    const ask = () =>
      void navigator.wakeLock?.request("screen").then(
        (granted) => {
          if (gone) return void granted.release();
          void lock?.release();
          lock = granted;
        },
        () => undefined,
      );
    const shown = () => document.visibilityState === "visible" && ask(); // whoever looks elsewhere loses it
    ask();
    document.addEventListener("visibilitychange", shown);
    return () => {
      gone = true;
      document.removeEventListener("visibilitychange", shown);
      void lock?.release();
    };
  }, []);
}

/** A value once it has stood still for a while: for searching while somebody types. */
export function useSettled<T>(value: T, milliseconds = 250): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
