import { ifMatch } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import { api, ask, keyed } from "./client";
import type { NewOfficerTeam, OfficerTeamChange } from "./types";

/** Whom work is given to; neither: nobody. */
export interface Hand {
  officer?: string;
  team?: string;
}

/** The most that are given at once. */
export const givenAtOnce = 100;

/** Officers who answer for the unit, by name. */
export const colleaguesQuery = (unit: string) =>
  queryOptions({
    queryKey: ["staff", "colleagues", unit],
    queryFn: async () => (await ask(api.GET("/api/v1/colleagues", { params: { query: { unit } } }))).items,
    enabled: unit !== "",
  });

export const officerTeamsQuery = queryOptions({
  queryKey: ["staff", "teams"],
  queryFn: async () => (await ask(api.GET("/api/v1/officer-teams"))).items,
});

/** What nobody has yet, of all rooms, the oldest first. Time alone makes it longer, so it is read again. */
export const waitingQuery = (yours: boolean) =>
  queryOptions({
    queryKey: ["waiting", yours],
    queryFn: () => ask(api.GET("/api/v1/waiting", { params: { query: { yours } } })),
    refetchInterval: 60_000,
  });

export const makeOfficerTeam = (body: NewOfficerTeam, key: string) => ask(api.POST("/api/v1/officer-teams", { headers: keyed(key), body }));

export const changeOfficerTeam = (id: string, version: number, body: OfficerTeamChange) =>
  ask(api.PATCH("/api/v1/officer-teams/{id}", { params: { path: { id }, header: ifMatch(version) }, body }));
