import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";
import type { NewShift } from "./types";

const often = 30_000; // a queue grows in minutes

export const checkpointsQuery = queryOptions({
  queryKey: ["checkpoints"],
  refetchInterval: often,
  queryFn: async () => (await ask(api.GET("/api/v1/checkpoints"))).items,
});

export const checkpointQuery = (id: string) =>
  queryOptions({
    queryKey: ["checkpoints", id],
    refetchInterval: often,
    queryFn: () => ask(api.GET("/api/v1/checkpoints/{id}", { params: { path: { id } } })),
  });

/** Where one vehicle or one person passed; in the access log with the reason, so it is asked for once. */
export const searchPassages = async (of: { plate: string } | { person: string }, reason: string) =>
  (await ask(api.POST("/api/v1/checkpoints/search", { body: { ...of, reason } }))).items;

export const planGuardsQuery = (id: string) =>
  queryOptions({
    queryKey: ["checkpoints", id, "guards"],
    queryFn: async () => (await ask(api.GET("/api/v1/places/{id}/guards", { params: { path: { id } } }))).items,
  });

/** The same key plans nothing twice. */
export const planShift = (id: string, body: NewShift, key: string) =>
  ask(api.POST("/api/v1/places/{id}/planned-shifts", { params: { path: { id }, header: { "Idempotency-Key": key } }, body }));

export const takeShiftBack = (id: string, shift: string) =>
  ask(api.POST("/api/v1/places/{id}/planned-shifts/{shift}/remove", { params: { path: { id, shift } } }));

export const setWaitLimit = (id: string, minutes: number, basis: string) =>
  ask(api.PUT("/api/v1/checkpoints/{id}/wait-limit", { params: { path: { id } }, body: { minutes, basis } }));
