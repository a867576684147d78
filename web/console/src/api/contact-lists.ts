// Contacts over cases: one list of who lives in the officer's area.
import { save } from "@luytre/shared/save";

import type { Sorting } from "../logic/sorting";
import { api, ask } from "./client";
import { usePages } from "./pages";
import type { CandidateFilter } from "./tracing";
import type { ContactClass, ListedContact } from "./types";

export type ContactSort = "exposure" | "risk" | "decision";

export interface ContactFilter extends Omit<CandidateFilter, "sort" | "order">, Sorting<ContactSort> {
  unit?: string;
  disease?: string;
  class?: ContactClass;
  followUp?: NonNullable<ListedContact["followUp"]>["state"];
}

/** Read again with the candidates of cases: what happens to those happens to these. */
export const useContacts = (filter: ContactFilter) =>
  usePages(["cases", "candidates", "over-cases", filter], (cursor) => ask(api.GET("/api/v1/candidates", { params: { query: { ...filter, cursor } } })));

export type ContactFileFilter = Omit<ContactFilter, "unit" | "level" | "sort" | "order"> & { level?: number; case?: string };

/** The server gives no more in one file (modules/tracing). */
export const mostContacts = 5000;

/** Of whom live in the unit; everybody in the file is logged with the reason. */
export const takeOutContacts = async (unit: string, format: "csv" | "xlsx", reason: string, filter: ContactFileFilter) =>
  save(await ask(api.POST("/api/v1/units/{id}/contact-file", { params: { path: { id: unit } }, body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-contacts-${unit}.${format}`);
