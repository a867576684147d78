import { ifMatch } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import { api, ask, keyed } from "./client";
import { queryClient } from "./query-client";
import type { NewSavedView } from "./types";

export const viewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: async () => (await ask(api.GET("/api/v1/views"))).items,
  staleTime: 60_000,
});

/** After each of the below. */
export const viewsAnew = () => queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey });

export const saveView = (body: NewSavedView, key: string) => ask(api.POST("/api/v1/views", { headers: keyed(key), body }));
export const changeView = (id: string, version: number, body: NewSavedView) => ask(api.PUT("/api/v1/views/{id}", { params: { path: { id }, header: ifMatch(version) }, body }));
export const removeView = (id: string) => ask(api.DELETE("/api/v1/views/{id}", { params: { path: { id } } }));
export const setStandardView = (page: string, view: string | undefined) => ask(api.PUT("/api/v1/views/standard", { body: { page, ...(view ? { view } : {}) } }));
