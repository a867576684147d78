import { ifMatch } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import type { PersonQuery } from "../logic/person-query";
import { api, ask, keyed } from "./client";
import type { NewPerson, PersonCorrection } from "./types";

// Reads are POSTs: who is looked for, and why, must not stand in an address. They are logged with their reason; the person can see
// that. They are not repeated behind the officer's back.
const readOnce = { staleTime: Infinity, refetchOnReconnect: false };

export const peopleQuery = (find: PersonQuery | undefined, reason: string, unit?: string) =>
  queryOptions({
    queryKey: ["people", "found", find, reason, unit],
    queryFn: () => ask(api.POST("/api/v1/people/search", { body: { ...find, unit, reason } })),
    enabled: find !== undefined && reason !== "",
    ...readOnce,
  });

export const personQuery = (id: string, reason: string) =>
  queryOptions({
    queryKey: ["people", "one", id],
    queryFn: () => ask(api.POST("/api/v1/people/{id}/look", { params: { path: { id } }, body: { reason } })),
    enabled: reason !== "",
    ...readOnce,
  });

export const registerPerson = (body: NewPerson, key: string) => ask(api.POST("/api/v1/people", { headers: keyed(key), body }));

export const correctPerson = (id: string, version: number, body: PersonCorrection) =>
  ask(api.PATCH("/api/v1/people/{id}", { params: { path: { id }, header: ifMatch(version) }, body }));

/** What the rooms know of the person, the newest first; each logs what it tells, so it is read only when asked for. */
export const historyQuery = (id: string, reason: string) =>
  queryOptions({
    queryKey: ["people", "history", id],
    queryFn: async () => (await ask(api.POST("/api/v1/people/{id}/history/look", { params: { path: { id } }, body: { reason } }))).items,
    gcTime: 0,
    ...readOnce,
  });

/** What officers put right in the record as it stands in this version; a look like any other. */
export const correctionsQuery = (id: string, version: number, reason: string) =>
  queryOptions({
    queryKey: ["people", "corrections", id, version],
    queryFn: async () => (await ask(api.POST("/api/v1/people/{id}/corrections/look", { params: { path: { id } }, body: { reason } }))).items,
    ...readOnce,
  });
