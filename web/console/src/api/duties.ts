import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import { api, ask, keyed } from "./client";
import { usePages } from "./pages";
import type { NewRoster } from "./types";

export const dutyRulesQuery = queryOptions({
  queryKey: ["duties", "rules"],
  queryFn: async () => (await ask(api.GET("/api/v1/duty-rules"))).items,
  staleTime: 60_000,
});

/** Counts of organisations; no people. */
export const useOrganisations = (unit?: string) =>
  usePages(["duties", "organisations", unit], (cursor) =>
    ask(api.GET("/api/v1/duties/organisations", { params: { query: { ...(unit ? { unit } : {}), ...(cursor ? { cursor } : {}) } } })),
  );

/** Who came through an epidemic area and has not declared; everybody shown reads it, with the reason, in the access log. */
export async function silentTravellers(reason: string, unit?: string) {
  const look = (cursor?: string) =>
    ask(
      api.POST("/api/v1/duties/travellers/search", {
        params: { query: cursor ? { cursor } : {} },
        body: { declared: false, reason, ...(unit ? { unit } : {}) },
      }),
    );
  let page = await look();
  const found = page.items;
  while (page.next) {
    page = await look(page.next);
    found.push(...page.items);
  }
  return found;
}

export const rostersQuery = queryOptions({
  queryKey: ["duties", "rosters"],
  queryFn: async () => (await ask(api.GET("/api/v1/rosters"))).items,
});

export const rosterQuery = (id: string) =>
  queryOptions({ queryKey: ["duties", "rosters", id], queryFn: () => ask(api.GET("/api/v1/rosters/{id}", { params: { path: { id } } })) });

export const openRoster = (body: NewRoster, key: string) => ask(api.POST("/api/v1/rosters", { headers: keyed(key), body }));
export const renewRosterCode = (id: string) => ask(api.POST("/api/v1/rosters/{id}/code", { params: { path: { id } } }));
export const closeRoster = (id: string) => ask(api.POST("/api/v1/rosters/{id}/close", { params: { path: { id } } }));
export const inviteToRoster = (id: string, phone: string) =>
  ask(api.POST("/api/v1/rosters/{id}/invitations", { params: { path: { id } }, body: { phone } }));
export const remindRoster = (id: string, rule: string) => ask(api.POST("/api/v1/rosters/{id}/reminders", { params: { path: { id } }, body: { rule } }));
export const takeOffRoster = (id: string, person: string) =>
  ask(api.POST("/api/v1/rosters/{id}/members/{person}/remove", { params: { path: { id, person } } }));

export interface MembersAsked {
  rule: string;
  day: string;
  declared?: boolean;
  cursor?: string | undefined;
}

/** Names; every look is logged. */
export const rosterMembers = (id: string, { cursor, ...asked }: MembersAsked) =>
  ask(api.GET("/api/v1/rosters/{id}/members", { params: { path: { id }, query: { ...asked, limit: 100, ...(cursor ? { cursor } : {}) } } }));

/** Who declared on which of the last 14 days, as a file; in the access log. */
export const rosterExport = async (id: string, rule: string, reason: string) =>
  save(await ask(api.POST("/api/v1/rosters/{id}/export", { params: { path: { id } }, body: { rule, days: 14, reason }, parseAs: "blob" })), `luytre-${id}.csv`);
