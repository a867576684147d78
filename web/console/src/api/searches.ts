import { save } from "@luytre/shared/save";

import type { Sorting } from "../logic/sorting";
import type { FileFormat } from "../parts/TakeOut";
import { api, ask, keyed } from "./client";
import { readOnce, usePages } from "./pages";
import type { ErrandAnswer, GivenSearch, NewSearch } from "./types";

export type SearchSort = "urgent" | "given" | "due";

export interface SearchFilter extends Sorting<SearchSort> {
  state?: GivenSearch["state"];
  unit?: string;
}

export const useSearches = (filter: SearchFilter) =>
  usePages(["searches", filter], (cursor) => ask(api.GET("/api/v1/searches", { params: { query: { ...filter, cursor } } })));

/** Of people who live in the unit; everybody in the file is logged with the reason. */
export const takeOutSearches = async (unit: string, format: FileFormat, reason: string, state: SearchFilter["state"]) =>
  save(
    await ask(api.POST("/api/v1/units/{id}/search-file", { params: { path: { id: unit } }, body: { ...(state ? { state } : {}), reason, format }, parseAs: "blob" })),
    `luytre-searches-${unit}.${format}`,
  );

export interface ErrandFilter {
  state?: "open" | "found" | "notFound" | "elsewhere";
  unit?: string;
}

/** The list stands in the access log of everybody in it, so it is asked for once. */
export const useErrands = (filter: ErrandFilter) => usePages(["errands", filter], (cursor) => ask(api.GET("/api/v1/errands", { params: { query: { ...filter, cursor } } })), true, readOnce);

export const giveSearch = (body: NewSearch, key: string) => ask(api.POST("/api/v1/searches", { body, headers: keyed(key) }));
export const withdrawSearch = (id: string) => ask(api.POST("/api/v1/searches/{id}/withdraw", { params: { path: { id } } }));
export const answerErrand = (id: string, body: ErrandAnswer, key: string) => ask(api.POST("/api/v1/errands/{id}/answer", { params: { path: { id } }, body, headers: keyed(key) }));
