import { ifMatch } from "@luytre/shared/api";
import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import type { PersonQuery } from "../logic/person-query";
import { api, ask, keyed, newest } from "./client";
import { usePages } from "./pages";
import type { Sorting } from "../logic/sorting";
import type { CaseOutcome, CaseSource, Classification, Confirmation, Course, NewCase, RecordedDates } from "./types";

export type CaseSort = "report" | "onset" | "deadline" | "number";

export interface CaseFilter extends Sorting<CaseSort> {
  status?: "open" | "closed";
  classification?: Classification;
  unit?: string;
  q?: string;
  /** With a deadline of notification, not notified yet: the most overdue first. */
  awaiting?: boolean;
  /** Those of them whose deadline has passed. */
  overdue?: boolean;
  disease?: string;
  outcome?: CaseOutcome;
  onsetFrom?: string;
  onsetTo?: string;
  reportedFrom?: string;
  reportedTo?: string;
  outbreak?: string;
  sourceUnknown?: boolean;
  /** Open cases whose patient has another of the disease, after records were merged. */
  twin?: boolean;
}

const path = (id: string) => ({ path: { id } });
const edit = (id: string, version: number) => ({ path: { id }, header: ifMatch(version) });

export const useCases = (filter: CaseFilter) =>
  usePages(["cases", "list", filter], (cursor) => ask(api.GET("/api/v1/cases", { params: { query: { ...filter, cursor } } })));

/** By who the patient is; a look at everybody who is shown, so it is not repeated behind the officer's back. */
export const casesOfPatientQuery = (find: PersonQuery | undefined, reason: string, unit?: string) =>
  queryOptions({
    queryKey: ["cases", "patient", find, reason, unit],
    queryFn: () => ask(api.POST("/api/v1/cases/search", { body: { ...find, unit, reason } })),
    enabled: find !== undefined && reason !== "",
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

export const caseQuery = (id: string) =>
  queryOptions({ queryKey: ["cases", "one", id], queryFn: () => ask(api.GET("/api/v1/cases/{id}", { params: path(id) })), ...newest });

export const caseHistoryQuery = (id: string) =>
  queryOptions({ queryKey: ["cases", "history", id], queryFn: () => ask(api.GET("/api/v1/cases/{id}/history", { params: path(id) })) });

export const diseasesQuery = queryOptions({
  queryKey: ["diseases"],
  queryFn: () => ask(api.GET("/api/v1/diseases")),
  staleTime: Infinity,
});

export const ruleSetsQuery = queryOptions({
  queryKey: ["rule-sets"],
  queryFn: () => ask(api.GET("/api/v1/rule-sets")),
  staleTime: Infinity,
});

export const createCase = (body: NewCase, key: string) => ask(api.POST("/api/v1/cases", { headers: keyed(key), body }));

export const confirmCase = (id: string, version: number, body: Confirmation) =>
  ask(api.POST("/api/v1/cases/{id}/confirm", { params: edit(id, version), body }));

export const recordDates = (id: string, version: number, body: RecordedDates) =>
  ask(api.POST("/api/v1/cases/{id}/dates", { params: edit(id, version), body }));

export const recordOnset = (id: string, version: number, onset: string) =>
  ask(api.POST("/api/v1/cases/{id}/onset", { params: edit(id, version), body: { onset } }));

export const recordCourse = (id: string, version: number, body: Course) =>
  ask(api.POST("/api/v1/cases/{id}/course", { params: edit(id, version), body }));

export const recordSource = (id: string, version: number, body: CaseSource) =>
  ask(api.POST("/api/v1/cases/{id}/source", { params: edit(id, version), body }));

export const reclassifyCase = (id: string, version: number, body: { classification: Classification; reason: string }) =>
  ask(api.POST("/api/v1/cases/{id}/reclassify", { params: edit(id, version), body }));

export const undoCase = (id: string, version: number, reason: string) =>
  ask(api.POST("/api/v1/cases/{id}/undo", { params: edit(id, version), body: { reason } }));

/** The case as a file in HL7 FHIR R4; in the access log. */
export const saveBundle = async (id: string, number: string, reason: string) =>
  save(await ask(api.POST("/api/v1/cases/{id}/fhir", { params: path(id), body: { reason }, parseAs: "blob" })), `luytre-${number}.json`);
