import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";

const forever = { staleTime: Infinity };

export const unitSearchQuery = (q: string) =>
  queryOptions({
    queryKey: ["units", "search", q],
    queryFn: () => ask(api.GET("/api/v1/units/search", { params: { query: { q } } })),
    enabled: q.trim().length > 0,
    ...forever,
  });

/** Of the units below one, where the operator gave a file of them; no page asks anybody else for a map. */
export const outlinesQuery = (id: string) =>
  queryOptions({
    queryKey: ["units", "outlines", id],
    queryFn: async () => (await ask(api.GET("/api/v1/units/{id}/outlines", { params: { path: { id } } }))).items,
    enabled: id !== "",
    ...forever,
  });

export const unitQuery = (id: string) =>
  queryOptions({
    queryKey: ["units", id],
    queryFn: () => ask(api.GET("/api/v1/units/{id}", { params: { path: { id } } })),
    enabled: id !== "",
    ...forever,
  });
