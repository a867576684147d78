import { ifMatch } from "@luytre/shared/api";
import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import type { Sorting, SortOrder } from "../logic/sorting";
import type { FileFormat } from "../parts/TakeOut";
import { api, ask, keyed } from "./client";
import { usePages } from "./pages";
import type { Hand } from "./staff";
import type { FollowUp, NewFollowUpEntry, NewTransfer } from "./types";

export type FollowUpSort = "waiting" | "lastDay";

export interface FollowUpFilter extends Sorting<FollowUpSort> {
  escalated?: boolean;
  yours?: boolean;
  offered?: boolean;
  toSample?: boolean;
  mine?: boolean;
  team?: string;
  nobodys?: boolean;
  unit?: string;
  disease?: string;
  class?: "F1" | "F2";
}

const path = (id: string) => ({ path: { id } });

export const useFollowUps = (filter: FollowUpFilter) =>
  usePages(["follow-ups", "list", filter], (cursor) => ask(api.GET("/api/v1/follow-ups", { params: { query: { ...filter, cursor } } })));

export type FollowUpFileFilter = Pick<FollowUpFilter, "escalated" | "nobodys" | "offered" | "disease" | "class">;

/** Of whom the unit follows; everybody in the file is logged with the reason. */
export const takeOutFollowUps = async (unit: string, format: "csv" | "xlsx", reason: string, filter: FollowUpFileFilter) =>
  save(await ask(api.POST("/api/v1/units/{id}/follow-up-file", { params: path(unit), body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-follow-ups-${unit}.${format}`);

/** What units of the own area are to take, the oldest first unless turned round. */
export const useArriving = (filter: Pick<FollowUpFilter, "unit" | "yours"> & { order?: SortOrder }) =>
  usePages(["follow-ups", "list", "arriving", filter], (cursor) => ask(api.GET("/api/v1/follow-up-transfers", { params: { query: { ...filter, cursor } } })));

/** What a unit is to take; everybody in the file is logged with the reason. */
export const takeOutTransfers = async (unit: string, format: FileFormat, reason: string, yours?: boolean) =>
  save(
    await ask(api.POST("/api/v1/units/{id}/follow-up-transfer-file", { params: path(unit), body: { ...(yours ? { yours } : {}), reason, format }, parseAs: "blob" })),
    `luytre-follow-up-transfers-${unit}.${format}`,
  );

export const transferFollowUp = (id: string, version: number, body: NewTransfer) =>
  ask(api.POST("/api/v1/follow-ups/{id}/transfer", { params: { ...path(id), header: ifMatch(version) }, body }));

/** To an officer, a team, or, with neither, taken back; each is judged by itself. */
export const giveFollowUps = (followUps: string[], to: Hand) => ask(api.POST("/api/v1/follow-ups/give", { body: { followUps, ...to } }));

export const takeFollowUp = (id: string) => ask(api.POST("/api/v1/follow-ups/{id}/take", { params: path(id) }));

/** With phone, address and entries: each read is logged, so it is not repeated by itself. */
export const followUpQuery = (id: string) =>
  queryOptions({
    queryKey: ["follow-ups", "one", id],
    queryFn: () => ask(api.GET("/api/v1/follow-ups/{id}", { params: path(id) })),
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

/** The calendars of a case's contacts, by candidate. */
export const followUpsOfCaseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["follow-ups", "case", caseId],
    queryFn: async () => {
      const all = new Map<string, FollowUp>();
      let cursor: string | undefined;
      do {
        const page = await ask(api.GET("/api/v1/cases/{id}/follow-ups", { params: { ...path(caseId), query: { cursor, limit: 200 } } }));
        for (const one of page.items) all.set(one.candidate, one.followUp);
        cursor = page.next;
      } while (cursor !== undefined);
      return all;
    },
  });

/** What a case's person was before: each read is logged, so it is not repeated by itself. */
export const contactHistoryQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["follow-ups", "before", caseId],
    queryFn: () => ask(api.GET("/api/v1/cases/{id}/contact-history", { params: path(caseId) })),
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

export const recordEntry = (id: string, body: NewFollowUpEntry, key: string) =>
  ask(api.POST("/api/v1/follow-ups/{id}/entries", { params: path(id), headers: keyed(key), body }));

/** That no sample of this day is needed. */
export const settleTest = (id: string, day: string, reason: string) =>
  ask(api.POST("/api/v1/follow-ups/{id}/tests/settle", { params: path(id), body: { day, reason } }));

export const reportSuspect = (id: string, key: string) =>
  ask(api.POST("/api/v1/follow-ups/{id}/suspect", { params: path(id), headers: keyed(key) }));
