import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";
import { usePages } from "./pages";

/** Who was at a place in the case's window without a code of ours. Each look is logged. */
export const useGateEntries = (id: string, place: string | undefined) =>
  usePages(
    ["gates", id, place],
    (cursor) =>
      ask(api.GET("/api/v1/cases/{id}/gate-entries", { params: { path: { id }, query: { place: place ?? "", cursor } } })),
    place !== undefined,
  );

/** What such people declared there. Logged. */
export const useGateDeclarations = (id: string, place: string | undefined) =>
  usePages(
    ["gateDeclarations", id, place],
    (cursor) =>
      ask(api.GET("/api/v1/cases/{id}/gate-declarations", { params: { path: { id }, query: { place: place ?? "", cursor } } })),
    place !== undefined,
  );

/** Where the case's own printed card was shown in its window. Logged. */
export const cardEntriesQuery = (id: string) =>
  queryOptions({
    queryKey: ["cardEntries", id],
    queryFn: async () => (await ask(api.GET("/api/v1/cases/{id}/card-entries", { params: { path: { id } } }))).items,
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

/** The holder of the card was asked and was there: the entry becomes a visit. */
export const holderAsked = (id: string, place: string, entry: string) =>
  ask(api.POST("/api/v1/cases/{id}/gate-entries/{entry}/asked", { params: { path: { id, entry }, query: { place } } }));

/** Who was turned back at a place: never whom. */
export const useRefusals = (place: string) =>
  usePages(["places", "refusals", place], (cursor) =>
    ask(api.GET("/api/v1/places/{id}/refusals", { params: { path: { id: place }, query: { cursor, limit: 20 } } })),
  );

export const guardsQuery = (place: string) =>
  queryOptions({
    queryKey: ["places", "guards", place],
    queryFn: async () => (await ask(api.GET("/api/v1/places/{id}/guards", { params: { path: { id: place } } }))).items,
  });

export const nameGuard = (place: string, body: { name: string; phone: string }) =>
  ask(api.POST("/api/v1/places/{id}/guards", { params: { path: { id: place } }, body }));

export const actOnGuard = (place: string, guard: string, what: "remove" | "phone-lost") =>
  what === "remove"
    ? ask(api.POST("/api/v1/places/{id}/guards/{guard}/remove", { params: { path: { id: place, guard } } }))
    : ask(api.POST("/api/v1/places/{id}/guards/{guard}/phone-lost", { params: { path: { id: place, guard } } }));
