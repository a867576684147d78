import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";
import type { ToldNeed } from "./types";

export interface NeedFilter {
  unit?: string;
  site?: string;
}

/** Names everybody who asks for something: each read is logged, so it is not repeated by itself. */
export const needsQuery = (filter: NeedFilter) =>
  queryOptions({
    queryKey: ["orders", "needs", filter],
    queryFn: () => ask(api.GET("/api/v1/order-needs", { params: { query: filter } })),
    staleTime: 60_000,
    refetchOnReconnect: false,
  });

/** Asked twice it is one. */
export const tellNeed = (order: string, body: ToldNeed) => ask(api.POST("/api/v1/orders/{id}/needs", { params: { path: { id: order } }, body }));
