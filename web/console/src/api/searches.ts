import { queryOptions } from "@tanstack/react-query";

import { api, ask, keyed } from "./client";
import type { ErrandAnswer, NewSearch } from "./types";

/** Both lists stand in the access log of everybody in them, so they are asked for once. */
export const searchesQuery = queryOptions({
  queryKey: ["searches"],
  queryFn: async () => (await ask(api.GET("/api/v1/searches"))).items,
  staleTime: Infinity,
  refetchOnReconnect: false,
});

export const errandsQuery = queryOptions({
  queryKey: ["errands"],
  queryFn: async () => (await ask(api.GET("/api/v1/errands"))).items,
  staleTime: Infinity,
  refetchOnReconnect: false,
});

export const giveSearch = (body: NewSearch, key: string) => ask(api.POST("/api/v1/searches", { body, headers: keyed(key) }));
export const withdrawSearch = (id: string) => ask(api.POST("/api/v1/searches/{id}/withdraw", { params: { path: { id } } }));
export const answerErrand = (id: string, body: ErrandAnswer, key: string) => ask(api.POST("/api/v1/errands/{id}/answer", { params: { path: { id } }, body, headers: keyed(key) }));
