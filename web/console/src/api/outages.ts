import { queryOptions } from "@tanstack/react-query";

import { api, ask, keyed } from "./client";
import type { NewOutage, NewOutageLimit } from "./types";

export const outagesQuery = queryOptions({
  queryKey: ["outages"],
  queryFn: () => ask(api.GET("/api/v1/outages/board")),
  refetchInterval: 60_000,
});

export const setOutageLimit = (body: NewOutageLimit) => ask(api.PUT("/api/v1/outages/limits", { body }));
export const declareOutage = (body: NewOutage, key: string) => ask(api.POST("/api/v1/outages", { headers: keyed(key), body }));
export const endOutage = (id: string) => ask(api.POST("/api/v1/outages/{id}/end", { params: { path: { id } } }));
