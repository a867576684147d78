import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";
import type { NewHelper } from "./types";

/** In the access log, so it is asked for once. */
export const helpersQuery = queryOptions({
  queryKey: ["helpers", "list"],
  queryFn: async () => (await ask(api.GET("/api/v1/helpers"))).items,
  staleTime: Infinity,
});

export const helperFiguresQuery = (unit?: string) =>
  queryOptions({
    queryKey: ["helpers", "figures", unit],
    queryFn: () => ask(api.GET("/api/v1/helpers/figures", { params: { query: unit ? { unit } : {} } })),
    staleTime: 5 * 60_000,
  });

export const nameHelper = (body: NewHelper) => ask(api.POST("/api/v1/helpers", { body }));
export const endHelper = (id: string) => ask(api.POST("/api/v1/helpers/{id}/end", { params: { path: { id } } }));
