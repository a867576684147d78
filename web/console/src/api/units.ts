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

export const unitQuery = (id: string) =>
  queryOptions({
    queryKey: ["units", id],
    queryFn: () => ask(api.GET("/api/v1/units/{id}", { params: { path: { id } } })),
    enabled: id !== "",
    ...forever,
  });
