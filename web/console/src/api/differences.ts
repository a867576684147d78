import { ifMatch } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import type { SortOrder } from "../logic/sorting";
import { api, ask } from "./client";
import { usePages } from "./pages";
import type { Difference, Ruling } from "./types";

export interface DifferenceFilter {
  state?: Difference["state"];
  /** Where the person lives, or above. */
  unit?: string;
  /** By when it was found; absent: the newest first. */
  order?: SortOrder;
}

// Both reads are in the access log of everybody shown, so they are not repeated behind the officer's back.
export const useDifferences = (filter: DifferenceFilter) =>
  usePages(["differences", "list", filter], (cursor) => ask(api.GET("/api/v1/differences", { params: { query: { ...filter, cursor } } })));

export const differenceQuery = (id: string) =>
  queryOptions({
    queryKey: ["differences", "one", id],
    queryFn: () => ask(api.GET("/api/v1/differences/{id}", { params: { path: { id } } })),
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

export const decideDifference = (id: string, version: number, body: Ruling) =>
  ask(api.POST("/api/v1/differences/{id}/decide", { params: { path: { id }, header: ifMatch(version) }, body }));
