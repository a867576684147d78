import { queryOptions } from "@tanstack/react-query";

import type { SortOrder } from "../logic/sorting";
import { api, ask } from "./client";
import { readOnce, usePages } from "./pages";
import type { NewHelper } from "./types";

export interface HelperFilter {
  unit?: string;
  organisation?: NewHelper["organisation"];
  /** As they were named; absent: the newest first. */
  order?: SortOrder;
}

/** In the access log, so it is asked for once. */
export const useHelpers = (filter: HelperFilter) =>
  usePages(["helpers", "list", filter], (cursor) => ask(api.GET("/api/v1/helpers", { params: { query: { ...filter, cursor } } })), true, readOnce);

export const helperFiguresQuery = (unit?: string) =>
  queryOptions({
    queryKey: ["helpers", "figures", unit],
    queryFn: () => ask(api.GET("/api/v1/helpers/figures", { params: { query: unit ? { unit } : {} } })),
    staleTime: 5 * 60_000,
  });

export const nameHelper = (body: NewHelper) => ask(api.POST("/api/v1/helpers", { body }));
export const endHelper = (id: string) => ask(api.POST("/api/v1/helpers/{id}/end", { params: { path: { id } } }));
