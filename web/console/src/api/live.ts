// The live stream: what happens in the officer's area makes the lists concerned read again. Events hold ids only; nothing is shown from them.
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";

import { eventReader } from "../logic/event-stream";

/** Which lists an event concerns, by the noun its type begins with. Persons' files opened with a reason are not read again: each read is logged. */
const concerned: Record<string, QueryKey[]> = {
  case: [["cases"], ["outbreaks", "one"], ["laboratory", "positives"], ["laboratory", "overturned"], ["waiting"]],
  trace: [["cases"]],
  candidate: [["cases", "candidates"], ["cases", "one"]],
  contact: [["cases", "candidates"], ["cases", "contacts"], ["cases", "one"]],
  companion: [["cases", "companions"], ["companions"], ["waiting"]],
  task: [["tasks", "list"], ["waiting"]],
  staff: [["staff"]],
  referral: [["referrals", "list"], ["referrals", "counts"]],
  followup: [["follow-ups", "list"], ["follow-ups", "case"], ["waiting"]],
  outbreak: [["outbreaks", "list"], ["outbreaks", "one"], ["outbreaks", "history"], ["outbreaks", "of-case"]],
  quarantine: [["orders", "list"], ["sites", "list"], ["waiting"]],
  consistency: [["differences", "list"]],
  release: [["releases"], ["cases", "preview"]],
  warning: [["releases"]],
  decision: [["decisions"]],
  broadcast: [["broadcasts"]],
  place: [["places"]],
  sampling: [["laboratory"]],
  laboratory: [["laboratory"], ["waiting"]],
  inspection: [["places", "inspections"], ["places", "inspections-due"]],
  visit: [["places", "counts"]],
};

/** A line list makes thousands of these within a minute: whoever reads cases meanwhile would read, and be logged, without end. */
const many = new Set(["case.imported", "case.taken_back"]);

export function keysFor(type: string): QueryKey[] {
  return many.has(type) ? [] : concerned[type.split(".")[0] ?? ""] ?? [];
}

type State = "connecting" | "live" | "down";
let state: State = "connecting";
const watchers = new Set<() => void>();
function become(next: State): void {
  state = next;
  watchers.forEach((watcher) => watcher());
}

const quiet = 400;
const firstPause = 1000;
const longestPause = 30_000;

/** Follows the stream until aborted; reconnects from the last position, with growing pauses. */
async function follow(client: QueryClient, signal: AbortSignal): Promise<void> {
  let last: string | undefined;
  let pause = firstPause;
  const due = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A burst, as when a case is confirmed, becomes one reading.
  const note = (keys: QueryKey[]) => {
    for (const key of keys) due.set(JSON.stringify(key), key);
    if (due.size > 0) {
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const queryKey of due.values()) void client.invalidateQueries({ queryKey });
        due.clear();
      }, quiet);
    }
  };
  while (!signal.aborted) {
    try {
      const answer = await fetch("/api/v1/stream", {
        headers: { Accept: "text/event-stream", ...(last ? { "Last-Event-ID": last } : {}) },
        credentials: "same-origin",
        signal,
      });
      if (!answer.ok || !answer.body) throw new Error(String(answer.status));
      become("live");
      pause = firstPause;
      const read = eventReader();
      const body = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await body.read(); !piece.done; piece = await body.read()) {
        for (const event of read(piece.value)) {
          last = event.id ?? last;
          if (event.type === "feed_gone") {
            // The position is too old, or older than a restore: begin anew, and read every list again.
            last = undefined;
            note(Object.values(concerned).flat());
          } else note(keysFor(event.type));
        }
      }
    } catch {
      if (signal.aborted) break;
    }
    become("down");
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, longestPause);
  }
  clearTimeout(timer);
}

/** Keeps lists fresh while the caller is on the screen. */
export function useLive(enabled: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!enabled) return;
    const end = new AbortController();
    void follow(client, end.signal);
    return () => end.abort();
  }, [client, enabled]);
}

export function useLiveState(): State {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => state,
  );
}
