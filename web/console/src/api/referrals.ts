import { ifMatch } from "@luytre/shared/api";
import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import type { Sorting } from "../logic/sorting";
import type { FileFormat } from "../parts/TakeOut";
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

export type ReferralFileFilter = Pick<ReferralFilter, "state" | "escalated" | "yours" | "source">;

/** Of a unit's stations; everybody in the file is logged with the reason. */
export const takeOutReferrals = async (unit: string, format: FileFormat, reason: string, filter: ReferralFileFilter) =>
  save(await ask(api.POST("/api/v1/units/{id}/referral-file", { params: { path: { id: unit } }, body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-referrals-${unit}.${format}`);

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
