import { ifMatch } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import type { Sorting, SortOrder } from "../logic/sorting";
import { api, ask } from "./client";
import { usePages } from "./pages";
import type { Assignment, Candidate, Evidence, Release } from "./types";

export type CandidateSort = "level" | "risk" | "exposure";

export interface CandidateFilter extends Sorting<CandidateSort> {
  level?: "1" | "2" | "3" | "4";
  status?: Candidate["status"];
}

const path = (id: string) => ({ path: { id } });

export const runsQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["cases", "runs", caseId],
    queryFn: () => ask(api.GET("/api/v1/cases/{id}/runs", { params: path(caseId) })),
    // The stream says when a run ends; asking every two seconds covers a stream that is down.
    refetchInterval: (query) => (query.state.data?.items.some((run) => run.state === "queued") ? 2000 : false),
  });

export const startTrace = (caseId: string) => ask(api.POST("/api/v1/cases/{id}/trace", { params: path(caseId) }));

export const useCandidates = (caseId: string, filter: CandidateFilter) =>
  usePages(["cases", "candidates", caseId, filter], (cursor) =>
    ask(api.GET("/api/v1/cases/{id}/candidates", { params: { ...path(caseId), query: { ...filter, cursor, limit: 200 } } })),
  );

/** With contact data: each read is logged, so it is not repeated by itself. */
export const candidateQuery = (id: string) =>
  queryOptions({
    queryKey: ["candidates", id],
    queryFn: () => ask(api.GET("/api/v1/candidates/{id}", { params: path(id) })),
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

/** All evidence, page after page; logged likewise. */
export const evidenceQuery = (id: string) =>
  queryOptions({
    queryKey: ["candidates", id, "evidence"],
    queryFn: async () => {
      const all: Evidence[] = [];
      let cursor: string | undefined;
      do {
        const page = await ask(api.GET("/api/v1/candidates/{id}/evidence", { params: { ...path(id), query: { cursor, limit: 200 } } }));
        all.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
      return all;
    },
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

export const assignCandidate = (id: string, version: number, body: Assignment) =>
  ask(api.POST("/api/v1/candidates/{id}/assign", { params: { ...path(id), header: ifMatch(version) }, body }));

export const previewQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["cases", "preview", caseId],
    queryFn: () => ask(api.GET("/api/v1/cases/{id}/warnings/preview", { params: path(caseId) })),
  });

export const requestRelease = (caseId: string) => ask(api.POST("/api/v1/cases/{id}/warnings", { params: path(caseId) }));

export interface ReleaseFilter {
  state?: Release["state"];
  disease?: string;
  order?: SortOrder;
}

export const useReleases = (filter: ReleaseFilter & { case?: string }) =>
  usePages(["releases", "list", filter], (cursor) => ask(api.GET("/api/v1/releases", { params: { query: { ...filter, cursor } } })));

export const approveRelease = (id: string) => ask(api.POST("/api/v1/releases/{id}/approve", { params: path(id) }));

export const rejectRelease = (id: string, reason: string) =>
  ask(api.POST("/api/v1/releases/{id}/reject", { params: path(id), body: { reason } }));
