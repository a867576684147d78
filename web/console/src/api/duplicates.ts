import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";

/** Not among the keys of places: every reading is logged, the live stream must not bring it about. */
export const duplicatesQuery = (unit?: string) =>
  queryOptions({
    queryKey: ["place-duplicates", unit ?? ""],
    queryFn: () => ask(api.GET("/api/v1/place-duplicates", { params: { query: { unit } } })),
  });

export const tellApart = (one: string, other: string) => ask(api.POST("/api/v1/place-duplicates/tell-apart", { body: { one, other } }));

export const mergesQuery = (place: string) =>
  queryOptions({
    queryKey: ["places", "merges", place],
    queryFn: () => ask(api.GET("/api/v1/places/{id}/merges", { params: { path: { id: place } } })),
  });

export const mergePlaces = (place: string, kept: string) => ask(api.POST("/api/v1/place-merges", { body: { place, kept } }));

export const undoMerge = (id: string) => ask(api.POST("/api/v1/place-merges/{id}/undo", { params: { path: { id } } }));
