// Signed orders about oneself and one's children: asked for anew each time, and never kept on the device.

import { ask } from "@luytre/shared/api";
import type { Answer, Item } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import { api } from "../app/api";

export type MyOrder = Item<Answer<"/api/v1/me/orders", "get">>;

export const ordersQuery = queryOptions({
  queryKey: ["orders"],
  staleTime: 30_000,
  gcTime: 0,
  queryFn: async () => (await ask(api.GET("/api/v1/me/orders"))).items,
});
