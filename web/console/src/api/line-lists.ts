import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import type { SortOrder } from "../logic/sorting";
import type { ListFile } from "../parts/ListForm";
import type { CaseFilter } from "./cases";
import { api, ask, newest } from "./client";
import { usePages } from "./pages";
import type { LineList, LineListMapping, LineListRowState } from "./types";

const path = (id: string) => ({ path: { id } });

/** What the rows of a list are. */
export type LineListAbout = LineList["about"];

export const sendLineList = (unit: string, file: string, about: LineListAbout, system: string | undefined, list: ListFile) =>
  ask(
    api.POST("/api/v1/units/{id}/line-lists", {
      params: { path: { id: unit }, query: { about, system } as never, header: { "Idempotency-Key": list.key, "X-File-Name": encodeURIComponent(file) } as never },
      headers: { "Content-Type": list.type },
      body: list.body as never,
      bodySerializer: (body: unknown) => body as string | Blob,
    }),
  );

/** Go.Data's relationships, joined to a list of its contacts before that runs. */
export const joinRelationships = (id: string, list: ListFile) =>
  ask(
    api.POST("/api/v1/line-lists/{id}/relationships", {
      params: path(id),
      headers: { "Content-Type": list.type },
      body: list.body as never,
      bodySerializer: (body: unknown) => body as string | Blob,
    }),
  );

/** By when they were sent; absent: the newest first. */
export const useLineLists = (order?: SortOrder) =>
  usePages(["line-lists", "list", order], (cursor) => ask(api.GET("/api/v1/line-lists", { params: { query: { ...(order ? { order } : {}), cursor } } })));

const whileAtWork = 1000;

/** It runs or is being taken back; one that a fault stopped waits. */
export const atWork = (of: LineList) => (of.state === "running" || of.state === "undoing") && !of.stopped;

/** Read again while it is at work. */
export const lineListQuery = (id: string) =>
  queryOptions({
    queryKey: ["line-lists", "one", id],
    queryFn: () => ask(api.GET("/api/v1/line-lists/{id}", { params: path(id) })),
    refetchInterval: ({ state }) => (state.data && atWork(state.data) ? whileAtWork : false),
    ...newest,
  });

export const useLineListRows = (id: string, state: LineListRowState) =>
  usePages(["line-lists", "rows", id, state], (cursor) => ask(api.GET("/api/v1/line-lists/{id}/rows", { params: { ...path(id), query: { state, cursor } } })));

export const previewLineList = (id: string, body: LineListMapping) => ask(api.POST("/api/v1/line-lists/{id}/preview", { params: path(id), body }));
export const runLineList = (id: string, body: LineListMapping) => ask(api.POST("/api/v1/line-lists/{id}/run", { params: path(id), body }));
export const decideLine = (id: string, line: number, body: { verdict: "same" | "new" | "skip"; person?: string }) =>
  ask(api.POST("/api/v1/line-lists/{id}/rows/{line}/decide", { params: { path: { id, line: String(line) } }, body }));
export const startLineList = (id: string, reason: string) => ask(api.POST("/api/v1/line-lists/{id}/start", { params: path(id), body: { reason } }));
export const undoLineList = (id: string, reason: string) => ask(api.POST("/api/v1/line-lists/{id}/undo", { params: path(id), body: { reason } }));
export const runLineListAgain = (id: string) => ask(api.POST("/api/v1/line-lists/{id}/run-again", { params: path(id) }));
export const rejectsUrl = (id: string, language: string) => `/api/v1/line-lists/${encodeURIComponent(id)}/rejects?language=${language}`;

export const lineListMappingsQuery = (unit: string) =>
  queryOptions({
    queryKey: ["line-lists", "mappings", unit],
    queryFn: async () => (await ask(api.GET("/api/v1/units/{id}/line-list-mappings", { params: path(unit) }))).items,
  });
export const saveLineListMapping = (unit: string, name: string, mapping: LineListMapping) =>
  ask(api.PUT("/api/v1/units/{id}/line-list-mappings", { params: path(unit), body: { name, mapping } }));

export type LineListFilter = Omit<CaseFilter, "q" | "unit" | "sort" | "order">;

/** The unit's cases as a file, all or filtered as their list; everybody in it is logged with the reason. */
export const takeOutLineList = async (unit: string, format: "csv" | "xlsx", reason: string, filter: LineListFilter = {}) =>
  save(await ask(api.POST("/api/v1/units/{id}/line-list-file", { params: path(unit), body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-cases-${unit}.${format}`);
