// What waits or was refused, of everything that is done on this device during shifts.

import { useCallback, useEffect, useState, useSyncExternalStore } from "react";

import type { Entry, Queue } from "../offline/queue";
import { gateQueue } from "./shift";

const nothing: readonly Entry[] = [];

export function useShiftQueue(): { queue: Queue | undefined; waiting: readonly Entry[] } {
  const [queue, setQueue] = useState<Queue>();
  useEffect(() => void gateQueue.then(setQueue), []);
  const subscribe = useCallback((listener: () => void) => queue?.subscribe(listener) ?? (() => undefined), [queue]);
  return { queue, waiting: useSyncExternalStore(subscribe, () => queue?.snapshot() ?? nothing) };
}
