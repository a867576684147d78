// Declared contacts of a case, whom its contacts met, and people named in interviews who have no record yet. Every look is in the access log.
import { ifMatch } from "@luytre/shared/api";
import { save } from "@luytre/shared/save";
import { queryOptions, type QueryClient } from "@tanstack/react-query";

import type { Sorting } from "../logic/sorting";
import { api, ask, keyed } from "./client";
import { milestonesQuery } from "./interviews";
import { usePages } from "./pages";
import type { NewContact } from "./types";

const path = (id: string) => ({ path: { id } });
const edit = (id: string, version: number) => ({ ...path(id), header: ifMatch(version) });

export const contactsQuery = (id: string) =>
  queryOptions({
    queryKey: ["cases", "contacts", id],
    queryFn: async () => (await ask(api.GET("/api/v1/cases/{id}/contacts", { params: path(id) }))).items,
  });

/** Whom this contact met, as they told; its listing is logged, so that it is read again only when it has changed. */
export const namedQuery = (candidate: string) =>
  queryOptions({
    queryKey: ["named", candidate],
    queryFn: async () => (await ask(api.GET("/api/v1/candidates/{id}/contacts", { params: path(candidate) }))).items,
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

export const nameContact = (candidate: string) => (body: NewContact, key: string) =>
  ask(api.POST("/api/v1/candidates/{id}/contacts", { params: path(candidate), headers: keyed(key), body }));

export const declareContact = (id: string) => (body: NewContact, key: string) =>
  ask(api.POST("/api/v1/cases/{id}/contacts", { params: path(id), headers: keyed(key), body }));
export const withdrawContact = (id: string, version: number, reason: string) =>
  ask(api.POST("/api/v1/contacts/{id}/withdraw", { params: edit(id, version), body: { reason } }));
export const restoreContact = (id: string, version: number) => ask(api.POST("/api/v1/contacts/{id}/restore", { params: edit(id, version) }));

export const companionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["cases", "companions", id],
    queryFn: async () => (await ask(api.GET("/api/v1/cases/{id}/companions", { params: path(id) }))).items,
  });

export type CompanionSort = "listed" | "met";

export interface CompanionFilter extends Sorting<CompanionSort> {
  unit?: string | undefined;
  disease?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** Of the whole area, or of a unit of it. */
export const useCompanions = (filter: CompanionFilter) =>
  usePages(["companions", filter], (cursor) => ask(api.GET("/api/v1/companions", { params: { query: { ...filter, cursor, limit: 20 } } })));

/** Without phones, of the unit and those below it. */
export const takeOutCompanions = async (unit: string, format: "csv" | "xlsx", reason: string, filter: Pick<CompanionFilter, "disease" | "from" | "to">) =>
  save(await ask(api.POST("/api/v1/units/{id}/companion-file", { params: path(unit), body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-companions-${unit}.${format}`);

export const companionFound = (id: string, version: number, person: string) =>
  ask(api.POST("/api/v1/companions/{id}/found", { params: edit(id, version), body: { person } }));
export const companionUnfindable = (id: string, version: number, reason: string) =>
  ask(api.POST("/api/v1/companions/{id}/unfindable", { params: edit(id, version), body: { reason } }));
export const lookAgain = (id: string, version: number) => ask(api.POST("/api/v1/companions/{id}/look-again", { params: edit(id, version) }));

/** What a contact that comes or goes changes. */
export function refreshContacts(client: QueryClient, id: string): void {
  for (const queryKey of [contactsQuery(id).queryKey, companionsQuery(id).queryKey, milestonesQuery(id).queryKey, ["named"], ["cases", "candidates"], ["cases", "one"], ["companions"], ["tasks"]])
    void client.invalidateQueries({ queryKey });
}
