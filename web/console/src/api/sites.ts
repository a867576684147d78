import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import { api, ask, keyed } from "./client";
import { everyPage } from "./pages";
import type { Lodging, NewSite } from "./types";

const path = (id: string) => ({ path: { id } });

/** All of them, by name. */
export const sitesQuery = queryOptions({
  queryKey: ["sites", "list"],
  queryFn: () => everyPage((cursor) => ask(api.GET("/api/v1/quarantine-sites", { params: { query: { limit: 200, cursor } } }))),
});

/** Counts alone: nobody is named. */
export const takeOutSites = async (unit: string, format: "csv" | "xlsx", reason: string) =>
  save(await ask(api.POST("/api/v1/units/{id}/quarantine-site-file", { params: path(unit), body: { reason, format }, parseAs: "blob" })), `luytre-sites-${unit}.${format}`);

/** Names everybody who is there: each read is logged, so it is not repeated by itself. */
export const siteQuery = (id: string) =>
  queryOptions({
    queryKey: ["sites", "one", id],
    queryFn: () => ask(api.GET("/api/v1/quarantine-sites/{id}", { params: path(id) })),
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

/** Names who waits for a bed there: each read is logged, so it is asked for by a tap. */
export const awaitedQuery = (id: string) =>
  queryOptions({
    queryKey: ["sites", "awaited", id],
    queryFn: () => ask(api.GET("/api/v1/quarantine-sites/{id}/awaited", { params: path(id) })),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });

export const addSite = (body: NewSite, key: string) => ask(api.POST("/api/v1/quarantine-sites", { headers: keyed(key), body }));

export const addRoom = (id: string, name: string, beds: number) => ask(api.POST("/api/v1/quarantine-sites/{id}/rooms", { params: path(id), body: { name, beds } }));

export const lodge = (id: string, order: string, room: string, bed: number) =>
  ask(api.POST("/api/v1/quarantine-sites/{id}/stays", { params: path(id), body: { order, room, bed } }));

/** Names who they are and proposes beds; each look is logged. */
export const lookIntake = (id: string, codes: string[]) => ask(api.POST("/api/v1/quarantine-sites/{id}/intake/look", { params: path(id), body: { codes } }));

/** Each is judged alone. */
export const takeIn = (id: string, items: Lodging[], key: string) => ask(api.POST("/api/v1/quarantine-sites/{id}/intake", { params: path(id), headers: keyed(key), body: { items } }));

/** Accounts of the owner, not people of the site. */
export const keepersQuery = (id: string) =>
  queryOptions({ queryKey: ["sites", "keepers", id], queryFn: () => ask(api.GET("/api/v1/quarantine-sites/{id}/keepers", { params: path(id) })) });

export const nameKeeper = (id: string, account: string) => ask(api.POST("/api/v1/quarantine-sites/{id}/keepers", { params: path(id), body: { account } }));

/** At once. */
export const endKeeper = (id: string, account: string) => ask(api.POST("/api/v1/quarantine-sites/{id}/keepers/{account}/end", { params: { path: { id, account } } }));

export const leaveSite = (stay: string) => ask(api.POST("/api/v1/quarantine-stays/{id}/leave", { params: path(stay) }));
