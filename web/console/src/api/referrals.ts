import { ifMatch } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import type { Sorting } from "../logic/sorting";
import { api, ask } from "./client";
import { usePages } from "./pages";
import type { Referral, ReferralOutcome } from "./types";

export type ReferralSort = "due" | "arrival";

export interface ReferralFilter extends Sorting<ReferralSort> {
  state?: Referral["state"];
  escalated?: boolean;
  yours?: boolean;
  unit?: string;
  source?: Referral["source"];
}

export const useReferrals = (filter: ReferralFilter) =>
  usePages(["referrals", "list", filter], (cursor) => ask(api.GET("/api/v1/referrals", { params: { query: { ...filter, cursor } } })));

/** Numbers only: nobody is named, so it may be read as often as something happens. */
export const referralCountsQuery = queryOptions({
  queryKey: ["referrals", "counts"],
  queryFn: () => ask(api.GET("/api/v1/referrals/counts", {})),
});

/** With phone, address and history: each read is logged, so it is not repeated by itself. */
export const referralQuery = (id: string) =>
  queryOptions({
    queryKey: ["referrals", "one", id],
    queryFn: () => ask(api.GET("/api/v1/referrals/{id}", { params: { path: { id } } })),
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

export const acknowledgeReferral = (id: string) => ask(api.POST("/api/v1/referrals/{id}/acknowledge", { params: { path: { id } } }));

export const recordReferral = (id: string, version: number, body: { outcome: ReferralOutcome; note?: string }) =>
  ask(api.POST("/api/v1/referrals/{id}/outcome", { params: { path: { id }, header: ifMatch(version) }, body }));

export const handOver = (id: string, version: number, body: { unit: string; reason: string }) =>
  ask(api.POST("/api/v1/referrals/{id}/hand-over", { params: { path: { id }, header: ifMatch(version) }, body }));
