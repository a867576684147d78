import { ifMatch } from "@luytre/shared/api";
import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import type { Sorting } from "../logic/sorting";
import type { FileFormat } from "../parts/TakeOut";
import { api, ask, keyed } from "./client";
import { usePages } from "./pages";
import type { NewOutbreak, OutbreakFacts } from "./types";

export type OutbreakSort = "begin" | "lastDay" | "cases";

/** Of the cases of one. */
export type OutbreakCaseSort = "day" | "classification" | "number" | "residence";

export interface OutbreakFilter extends Sorting<OutbreakSort> {
  status?: "open" | "closed";
  disease?: string;
  unit?: string;
}

const path = (id: string) => ({ path: { id } });
const edit = (id: string, version: number) => ({ path: { id }, header: ifMatch(version) });

export const useOutbreaks = (filter: OutbreakFilter) =>
  usePages(["outbreaks", "list", filter], (cursor) => ask(api.GET("/api/v1/outbreaks", { params: { query: { ...filter, cursor } } })));

export type OutbreakFileFilter = Pick<OutbreakFilter, "status" | "disease">;

/** Counts; nobody's data. */
export const takeOutOutbreaks = async (unit: string, format: "csv" | "xlsx", reason: string, filter: OutbreakFileFilter) =>
  save(await ask(api.POST("/api/v1/units/{id}/outbreak-file", { params: { path: { id: unit } }, body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-outbreaks-${unit}.${format}`);

/** The newest of the own area, to filter by one of them. */
export const newestOutbreaksQuery = queryOptions({
  queryKey: ["outbreaks", "list", "newest"],
  queryFn: async () => (await ask(api.GET("/api/v1/outbreaks", { params: { query: { limit: 200 } } }))).items,
});

/** Open ones of a disease, to choose one from. */
export const openOutbreaksQuery = (disease: string) =>
  queryOptions({
    queryKey: ["outbreaks", "list", "open", disease],
    queryFn: async () => (await ask(api.GET("/api/v1/outbreaks", { params: { query: { status: "open", disease, limit: 200 } } }))).items,
  });

export const outbreakQuery = (id: string) =>
  queryOptions({ queryKey: ["outbreaks", "one", id], queryFn: () => ask(api.GET("/api/v1/outbreaks/{id}", { params: path(id) })) });

export const outbreakHistoryQuery = (id: string) =>
  queryOptions({ queryKey: ["outbreaks", "history", id], queryFn: async () => (await ask(api.GET("/api/v1/outbreaks/{id}/history", { params: path(id) }))).items });

/** Everybody named is in the access log. */
export const useOutbreakCases = (id: string, sorting: Sorting<OutbreakCaseSort> = {}) =>
  usePages(["outbreaks", "cases", id, sorting], (cursor) => ask(api.GET("/api/v1/outbreaks/{id}/cases", { params: { ...path(id), query: { ...sorting, cursor } } })));

export const outbreakOfCaseQuery = (id: string) =>
  queryOptions({
    queryKey: ["outbreaks", "of-case", id],
    queryFn: async () => (await ask(api.GET("/api/v1/cases/{id}/outbreak", { params: path(id) }))).items[0] ?? null,
  });

export const openOutbreak = (body: NewOutbreak, key: string) => ask(api.POST("/api/v1/outbreaks", { headers: keyed(key), body }));
export const editOutbreak = (id: string, version: number, body: OutbreakFacts) => ask(api.POST("/api/v1/outbreaks/{id}/facts", { params: edit(id, version), body }));
export const closeOutbreak = (id: string, version: number, body: { on?: string; reason: string }) =>
  ask(api.POST("/api/v1/outbreaks/{id}/close", { params: edit(id, version), body }));
export const reopenOutbreak = (id: string, version: number, body: { reason: string }) => ask(api.POST("/api/v1/outbreaks/{id}/reopen", { params: edit(id, version), body }));
export const takeCharge = (id: string, charge: boolean) =>
  charge ? ask(api.POST("/api/v1/outbreaks/{id}/charge", { params: path(id) })) : ask(api.DELETE("/api/v1/outbreaks/{id}/charge", { params: path(id) }));
export const putCases = (id: string, cases: string[]) => ask(api.POST("/api/v1/outbreaks/{id}/cases", { params: path(id), body: { cases } }));
export const takeOutCase = (id: string, kase: string, reason: string) =>
  ask(api.POST("/api/v1/outbreaks/{id}/cases/{case}/take-out", { params: { path: { id, case: kase } }, body: { reason } }));
export const takeOutLineListOf = async (id: string, format: FileFormat, reason: string) =>
  save(await ask(api.POST("/api/v1/outbreaks/{id}/line-list", { params: path(id), body: { reason, format }, parseAs: "blob" })), `luytre-outbreak-${id}.${format}`);
/** A look at where people were, logged for each of them with its reason. */
export const lookAtSharedPlaces = (id: string, reason: string, cases?: string[]) =>
  ask(api.POST("/api/v1/outbreaks/{id}/shared-places", { params: path(id), body: { reason, ...(cases ? { cases } : {}) } }));
