import { ifMatch } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";
import type { NewByHand } from "./types";

/** A contact for whom no rule says how long, and what was said: each read is logged, so it is not repeated by itself. */
export const unruledQuery = (candidate: string) =>
  queryOptions({
    queryKey: ["follow-ups", "by-hand", candidate],
    queryFn: () => ask(api.GET("/api/v1/candidates/{id}/follow-up", { params: { path: { id: candidate } } })),
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

export const sayByHand = (candidate: string, version: number, body: NewByHand) =>
  ask(api.POST("/api/v1/candidates/{id}/follow-up", { params: { path: { id: candidate }, header: ifMatch(version) }, body }));
