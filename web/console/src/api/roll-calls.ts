import { useSyncExternalStore } from "react";

import { Outbox } from "../logic/outbox";
import { answered, type RollAnswer } from "../logic/roll-calls";
import { api, ask } from "./client";
import { queryClient } from "./query-client";
import { useServed } from "./served";
import { seal, shelfOf } from "./shelf";
import { siteQuery } from "./sites";

export const beginCall = (site: string) => ask(api.POST("/api/v1/quarantine-sites/{id}/roll-calls", { params: { path: { id: site } } }));
export const closeCall = (call: string) => ask(api.POST("/api/v1/quarantine-roll-calls/{id}/close", { params: { path: { id: call } } }));

interface Answers {
  call: string;
  answers: RollAnswer[];
}

// Sent again, answers change nothing: no key is needed. What is shown is changed here, so that not everybody is read anew for one answer.
const outbox = new Outbox<Answers>({
  shelf: shelfOf("roll-calls"),
  seal,
  send: async ({ of, body }) => {
    const taken = await ask(api.POST("/api/v1/quarantine-roll-calls/{id}/answers", { params: { path: { id: body.call } }, body: { answers: body.answers, sent: new Date().toISOString() } }));
    const { queryKey } = siteQuery(of);
    queryClient.setQueryData(queryKey, (site) => site && answered(site, taken));
    const shown = queryClient.getQueryData(queryKey)?.rollCall?.id === taken.rollCall.id;
    if (!shown || taken.items.some((one) => one.refused)) void queryClient.invalidateQueries({ queryKey });
  },
});
addEventListener("online", () => void outbox.flush());

export const useRollOutbox = (officer: string): void => useServed(outbox, officer);

/** What waits to be sent, or was refused, of this site and officer. */
export function useWaitingAnswers(site: string) {
  const all = useSyncExternalStore(outbox.watch, outbox.snapshot);
  return all.filter((entry) => entry.of === site);
}

/** Resolved once the device has it; sent at once, or when there is a network again. */
export const noteAnswers = (site: string, call: string, stays: readonly string[], present: boolean): Promise<void> => {
  const at = new Date().toISOString();
  return outbox.add(site, { call, answers: stays.map((stay) => ({ stay, present, at })) });
};
export const dismissAnswers = (key: string): Promise<void> => outbox.remove(key);
