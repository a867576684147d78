// Visits without a network: who is to be visited, taken along for a shift, and what was noted there, which goes by the outbox.
import { queryOptions } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import { Outbox } from "../logic/outbox";
import { Rounds, type Round } from "../logic/rounds";
import { api, ask } from "./client";
import type { FollowUpFilter } from "./follow-ups";
import { forgetPage } from "./kept-page";
import { queryClient } from "./query-client";
import { useServed } from "./served";
import { seal, shelfOf } from "./shelf";
import type { NewFollowUpEntry } from "./types";

/** Visits are to who waits for an answer: other lists are no round. */
export type VisitFilter = Omit<FollowUpFilter, "yours" | "offered" | "toSample">;

export const visitFilter = ({ yours, offered, toSample, ...rest }: FollowUpFilter): VisitFilter => rest;

const read = async (filter: VisitFilter) => (await ask(api.GET("/api/v1/follow-up-visits", { params: { query: filter } }))).items;

/** Each read is logged for everybody in it, so it is not repeated by itself. */
export const visitsQuery = (filter: VisitFilter) =>
  queryOptions({
    queryKey: ["follow-up-visits", filter],
    queryFn: () => read(filter),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });

const rounds = new Rounds({ shelf: shelfOf("round"), seal });

// A browser may refuse to keep anything: then there is no round, and nothing to forget.
const attempt = async (work: () => Promise<void>): Promise<void> => {
  await work().catch(() => undefined);
  if (!rounds.snapshot()) await forgetPage().catch(() => undefined);
};
export const openRound = (): Promise<void> => attempt(() => rounds.open());
export const forgetRound = (): Promise<void> => attempt(() => rounds.forget());
export const serveRound = (officer: string): Promise<void> => attempt(() => rounds.serve(officer));
export const useRound = (): Round | undefined => useSyncExternalStore(rounds.watch, rounds.snapshot);

/** Resolved once the device has it. */
export const takeAlong = async (officer: string, filter: VisitFilter): Promise<void> => rounds.take(officer, await read(filter));

type NotedEntry = NewFollowUpEntry & { at: string };

// The entry's key makes that it counts once; a request of the same key may not say another time of sending, so it is no Idempotency-Key.
const outbox = new Outbox<NotedEntry>({
  shelf: shelfOf("visits"),
  seal,
  send: ({ key, of, body: { at, ...entry } }) =>
    ask(api.POST("/api/v1/follow-ups/{id}/entries", { params: { path: { id: of } }, body: { ...entry, noted: { key, at, sent: new Date().toISOString() } } })),
  onSent: () => void queryClient.invalidateQueries({ queryKey: ["follow-ups"] }),
});
addEventListener("online", () => void outbox.flush());

export const useVisitsOutbox = (officer: string): void => useServed(outbox, officer);

/** What waits to be sent, or was refused. */
export const useWaitingVisits = () => useSyncExternalStore(outbox.watch, outbox.snapshot);

/** Resolved once the device has it; sent at once, or when there is a network again. */
export async function noteVisit(of: string, entry: NewFollowUpEntry): Promise<void> {
  await outbox.add(of, { ...entry, at: new Date().toISOString() });
  await rounds.answer(of, entry.finding).catch(() => undefined);
}
export const dismissVisit = (key: string): Promise<void> => outbox.remove(key);
