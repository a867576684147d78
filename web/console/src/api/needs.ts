import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import type { SortOrder } from "../logic/sorting";
import { api, ask } from "./client";
import { usePages } from "./pages";
import type { Need, ToldNeed } from "./types";

export interface NeedFilter {
  unit?: string;
  site?: string;
  kind?: Need["kind"];
  state?: "open" | "acknowledged";
  order?: SortOrder;
}

/** Names everybody who asks for something: in their access log. */
export const useNeeds = (filter: NeedFilter) =>
  usePages(["orders", "needs", "list", filter], (cursor) => ask(api.GET("/api/v1/order-needs", { params: { query: { ...filter, cursor } } })));

export type NeedFileFilter = Pick<NeedFilter, "kind" | "state">;

/** Who, where and what; everybody in the file is logged with the reason. */
export const takeOutNeeds = async (unit: string, format: "csv" | "xlsx", reason: string, filter: NeedFileFilter) =>
  save(await ask(api.POST("/api/v1/units/{id}/need-file", { params: { path: { id: unit } }, body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-needs-${unit}.${format}`);

/** Of a site, the oldest first: each read is logged, so it is not repeated by itself. */
export const needsQuery = (site: string) =>
  queryOptions({
    queryKey: ["orders", "needs", site],
    queryFn: () => ask(api.GET("/api/v1/order-needs", { params: { query: { site, limit: 200 } } })),
    staleTime: 60_000,
    refetchOnReconnect: false,
  });

/** Asked twice it is one. */
export const tellNeed = (order: string, body: ToldNeed) => ask(api.POST("/api/v1/orders/{id}/needs", { params: { path: { id: order } }, body }));

/** By who keeps the site where they lie. */
export const bringNeed = (need: string) => ask(api.POST("/api/v1/order-needs/{id}/brought", { params: { path: { id: need } } }));
