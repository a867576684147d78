// The one client of the app, its cache, and its queue.

import { ApiError, ask, createApi, Unreachable } from "@luytre/shared/api";
import { QueryClient } from "@tanstack/react-query";

import { accepted } from "../i18n";
import { Queue, type Entry, type QueueOptions } from "../offline/queue";
import { device } from "./device";
import { watchedFetch } from "./network";

const signedOut = new Set<() => void>();
/** Called when the server says that the session is over. */
export const onSignedOut = (listener: () => void): void => void signedOut.add(listener);

export const api = createApi({
  language: accepted,
  onSignedOut: () => signedOut.forEach((listener) => listener()),
  fetch: watchedFetch,
});

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always", // what is kept on the device answers when the network does not
      refetchOnReconnect: true, // which "always" would turn off
      staleTime: 20_000,
      retry: (failures, error) =>
        failures < 2 &&
        (error instanceof Unreachable ? navigator.onLine : error instanceof ApiError && error.status >= 500),
    },
    mutations: { networkMode: "always" },
  },
});

// A request without answer by then counts as unreachable; its key makes the next try safe.
const longest = 20_000;
const longestWithPictures = 180_000; // half a megabyte takes minutes where the network is old

function within(milliseconds: number, stop: AbortSignal): AbortSignal {
  const control = new AbortController();
  const end = () => control.abort();
  setTimeout(end, milliseconds);
  stop.addEventListener("abort", end);
  return control.signal;
}

/** `stop`: of what is slow to send. */
export async function send({ key, what }: Entry, stop?: AbortSignal): Promise<unknown> {
  const signal = stop ? within(longestWithPictures, stop) : AbortSignal.timeout(longest);
  const header = { "Idempotency-Key": key };
  switch (what.kind) {
    case "checkIn":
      return ask(api.POST("/api/v1/visits", { params: { header }, body: what.body as never, signal }));
    case "checkOut":
      if (!("id" in what.visit)) throw new Unreachable("its check-in has not been sent");
      return ask(
        api.POST("/api/v1/visits/{id}/check-out", {
          params: { header, path: { id: what.visit.id } },
          body: what.body,
          signal,
        }),
      );
    case "admit":
      return ask(
        api.POST("/api/v1/places/{id}/visits", {
          params: { header, path: { id: what.place } },
          body: what.body,
          signal,
        }),
      );
    case "entry":
      return ask(
        api.POST("/api/v1/places/{id}/entries", {
          params: { header, path: { id: what.place } },
          body: what.body,
          signal,
        }),
      );
    case "gateEntry":
      return ask(api.POST("/api/v1/gate/admissions", { params: { header }, body: what.body, signal }));
    case "gateRefusal":
      return ask(api.POST("/api/v1/gate/refusals", { params: { header }, body: what.body, signal }));
    case "gateDeparture":
      return ask(api.POST("/api/v1/gate/departures", { params: { header }, body: what.body, signal }));
    case "gateCompanions":
      if (!("id" in what.entry)) throw new Unreachable("the entry has not been sent");
      return ask(
        api.POST("/api/v1/gate/admissions/{entry}/companions", {
          params: { header, path: { entry: what.entry.id } },
          body: what.body,
          signal,
        }),
      );
    case "gateAmbulance":
      return ask(api.POST("/api/v1/gate/ambulances", { params: { header }, body: what.body, signal }));
    case "gateAmbulancePeople":
      return ask(
        api.POST("/api/v1/gate/ambulances/{entry}/people", {
          params: { header, path: { entry: what.ambulance } },
          body: what.body,
          signal,
        }),
      );
    case "gateDeclaration":
      return ask(
        api.POST("/api/v1/gates/{id}/declarations", {
          params: { header, path: { id: what.place } },
          body: what.body,
          signal,
        }),
      );
    case "lane":
    case "door":
      return ask(
        api.POST(what.path as "/api/v1/lane/passages", { params: { header }, body: what.body as never, signal }),
      );
    case "declaration":
      return ask(api.POST("/api/v1/declarations", { params: { header }, body: what.body as never, signal }));
  }
  throw new Unreachable("kept by a newer app, in another tab"); // which knows how to send it
}

/** One tab sends at a time, and tells the others. */
export const acrossTabs = (name: string): Pick<QueueOptions, "exclusively" | "channel"> => ({
  ...(navigator.locks
    ? { exclusively: <T>(work: () => Promise<T>) => navigator.locks.request(name, work) as Promise<T> }
    : {}),
  ...(typeof BroadcastChannel === "function" ? { channel: new BroadcastChannel(name) } : {}),
});

export const queue = new Queue(device, send, {
  ...acrossTabs("luytre-queue"),
  onSent: ({ what }) => {
    const touched = {
      checkIn: ["visits"],
      checkOut: ["visits"],
      declaration: ["declarations", "formsNow", "duties"],
      admit: ["places"],
      entry: ["places"],
      gateEntry: ["places"],
      gateRefusal: ["places"],
      gateDeparture: ["places"],
      gateCompanions: ["places"],
      gateAmbulance: [],
      gateAmbulancePeople: ["places"],
      gateDeclaration: [],
      lane: ["places"],
      door: [],
    } as const;
    for (const key of touched[what.kind]) void client.invalidateQueries({ queryKey: [key] });
  },
  // What this device knows of the consents is old. A page that is being read keeps standing.
  onNeeds: () => {
    for (const key of ["consents", "consentTexts"])
      void client.invalidateQueries({ queryKey: [key], refetchType: "none" });
  },
});

export function watchNetwork(): void {
  addEventListener("online", () => void queue.back());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void queue.flush();
  });
}
