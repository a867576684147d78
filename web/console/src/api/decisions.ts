import { ifMatch } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import { api, ask, keyed } from "./client";
import { usePages } from "./pages";
import type { NewDecision } from "./types";

export const inForceQuery = queryOptions({
  queryKey: ["decisions", "in-force"],
  queryFn: () => ask(api.GET("/api/v1/decisions/in-force")),
  staleTime: 60_000,
});

export const useDecisions = () =>
  usePages(["decisions", "list"], (cursor) => ask(api.GET("/api/v1/decisions", { params: { query: { cursor } } })));

export const createDecision = (body: NewDecision, key: string) => ask(api.POST("/api/v1/decisions", { headers: keyed(key), body }));

export const endDecision = (id: string, version: number, reason: string) =>
  ask(api.POST("/api/v1/decisions/{id}/end", { params: { path: { id }, header: ifMatch(version) }, body: { reason } }));
