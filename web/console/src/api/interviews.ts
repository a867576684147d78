import { ApiError, ifMatch } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import { Outbox } from "../logic/outbox";
import { api, ask, keyed } from "./client";
import { queryClient } from "./query-client";
import { useServed } from "./served";
import { seal, shelfOf } from "./shelf";
import type { Milestone, ToldMilestone } from "./types";

/** Every look is in the access log. */
export const milestonesQuery = (id: string) =>
  queryOptions({
    queryKey: ["cases", "milestones", id],
    queryFn: async () => (await ask(api.GET("/api/v1/cases/{id}/milestones", { params: { path: { id } } }))).items,
  });

/** Of several cases, one after the other: each look is in the access log, so they are read once. Of cases that lie elsewhere nothing but how many. */
export const milestonesOfCases = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ["outbreaks", "milestones", ids],
    queryFn: async () => {
      const milestones: Milestone[] = [];
      let refused = 0;
      for (const id of ids) {
        try {
          milestones.push(...(await ask(api.GET("/api/v1/cases/{id}/milestones", { params: { path: { id } } }))).items);
        } catch (error) {
          if (!(error instanceof ApiError) || (error.status !== 403 && error.status !== 404)) throw error;
          refused += 1;
        }
      }
      return { milestones, refused };
    },
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

export const milestoneVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["cases", "milestone-versions", id],
    queryFn: async () => (await ask(api.GET("/api/v1/milestones/{id}/versions", { params: { path: { id } } }))).items,
  });

export const correctMilestone = (id: string, version: number, body: ToldMilestone) =>
  ask(api.POST("/api/v1/milestones/{id}/correct", { params: { path: { id }, header: ifMatch(version) }, body }));
export const strikeMilestone = (id: string, version: number, reason: string) =>
  ask(api.POST("/api/v1/milestones/{id}/strike", { params: { path: { id }, header: ifMatch(version) }, body: { reason } }));

const outbox = new Outbox<ToldMilestone>({
  shelf: shelfOf(""),
  seal,
  send: ({ key, of, body }) => ask(api.POST("/api/v1/cases/{id}/milestones", { params: { path: { id: of } }, headers: keyed(key), body })),
  onSent: ({ of }) => void queryClient.invalidateQueries({ queryKey: milestonesQuery(of).queryKey }),
});
addEventListener("online", () => void outbox.flush());

/** Without IndexedDB nothing waits, and takeDown() says so. */
export const useMilestonesOutbox = (officer: string): void => useServed(outbox, officer);

/** What waits to be sent, or was refused, of this case and officer. */
export function useWaitingMilestones(of: string) {
  const all = useSyncExternalStore(outbox.watch, outbox.snapshot);
  return all.filter((entry) => entry.of === of);
}

/** Resolved once the device has it; sent at once, or when there is a network again. */
export const takeDown = (of: string, body: ToldMilestone): Promise<void> => outbox.add(of, { ...body, toldAt: new Date().toISOString() });
export const dismissWaiting = (key: string): Promise<void> => outbox.remove(key);
