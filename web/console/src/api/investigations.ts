// What the person of a case is asked by the form of the disease. Answers that an officer writes down go by the outbox: kept on the device, sealed,
// until the server has them.
import { ifMatch } from "@luytre/shared/api";
import type { QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { queryOptions } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import { Outbox, type Entry } from "../logic/outbox";
import { api, ask, keyed, newest } from "./client";
import { queryClient } from "./query-client";
import { useServed } from "./served";
import { seal, shelfOf } from "./shelf";

const path = (id: string) => ({ path: { id } });

/** Every look is in the access log, so it is not repeated behind the officer's back. */
export const investigationQuery = (id: string) =>
  queryOptions({
    queryKey: ["investigation", id],
    queryFn: () => ask(api.GET("/api/v1/cases/{id}/investigation", { params: path(id) })),
    staleTime: 60_000,
    refetchOnReconnect: false,
    ...newest,
  });

export const investigationVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["investigation-versions", id],
    queryFn: async () => (await ask(api.GET("/api/v1/cases/{id}/investigation/versions", { params: path(id) }))).items,
  });

/** Answers as they wait on the device, with the version they were begun from. */
export interface Draft {
  form: string;
  formVersion: string;
  response: QuestionnaireResponse;
  complete: boolean;
  toldAt: string;
  version: number;
  /** The key of what waited before and is gone on with here. */
  after?: string | undefined;
}
export type WaitingDraft = Entry<Draft>;

// By the key of a draft that was sent, the version that it became: who went on with it meanwhile does not write beside themselves.
const became = new Map<string, number>();
export const begunFrom = ({ after, version }: Draft): number => (after === undefined ? undefined : became.get(after)) ?? version;

const outbox = new Outbox<Draft>({
  shelf: shelfOf("investigation"),
  seal,
  send: async ({ key, of, body: draft }) => {
    const { version: _, after: __, ...body } = draft;
    const from = begunFrom(draft);
    await ask(api.POST("/api/v1/cases/{id}/investigation", { params: { ...path(of), header: ifMatch(from) }, headers: keyed(key), body }));
    // Not the version answered: somebody else may have written since, and is not to be overwritten unseen.
    became.set(key, from + 1);
  },
  onSent: ({ of }) => {
    void queryClient.invalidateQueries({ queryKey: investigationQuery(of).queryKey });
    void queryClient.invalidateQueries({ queryKey: investigationVersionsQuery(of).queryKey });
  },
});
addEventListener("online", () => void outbox.flush());

export const useDraftsOutbox = (officer: string): void => useServed(outbox, officer);

/** What waits to be sent, or was refused, of this case and officer; the newest. */
export function useWaitingDraft(of: string): WaitingDraft | undefined {
  const all = useSyncExternalStore(outbox.watch, outbox.snapshot);
  return all.filter((entry) => entry.of === of).at(-1);
}

/** Resolved once the device has it. `instead`: what waited before, and is contained in it. */
export const keepDraft = (of: string, draft: Draft, instead?: WaitingDraft): Promise<void> => outbox.add(of, { ...draft, after: instead?.key }, instead?.key);
export const dropDraft = (key: string): Promise<void> => outbox.remove(key);
