import { ifMatch } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import { api, ask, keyed } from "./client";
import { usePages } from "./pages";
import type { HouseholdChange, MemberChange, NewHousehold, NewHouseholdMember, NewTeam, TeamChange } from "./types";

/** Counts; no people. */
export const useTeams = (unit?: string) =>
  usePages(["teams", "list", unit], (cursor) =>
    ask(api.GET("/api/v1/teams", { params: { query: { ...(unit ? { unit } : {}), ...(cursor ? { cursor } : {}) } } })),
  );

export const teamQuery = (id: string) =>
  queryOptions({ queryKey: ["teams", "one", id], queryFn: () => ask(api.GET("/api/v1/teams/{id}", { params: { path: { id } } })) });

export type WhichHouseholds = "all" | "missed" | "neverReached";

export const useHouseholds = (id: string, which: WhichHouseholds) =>
  usePages(["teams", "households", id, which], () => ask(api.GET("/api/v1/teams/{id}/households", { params: { path: { id }, query: { which } } })));

export const teamHelpQuery = queryOptions({
  queryKey: ["teams", "help"],
  queryFn: async () => (await ask(api.GET("/api/v1/team-help"))).items,
  refetchInterval: 60_000,
});

export const makeTeam = (body: NewTeam, key: string) => ask(api.POST("/api/v1/teams", { headers: keyed(key), body }));
export const changeTeam = (id: string, version: number, body: TeamChange) =>
  ask(api.PATCH("/api/v1/teams/{id}", { params: { path: { id }, header: ifMatch(version) }, body }));

export const nameVolunteer = (id: string, body: { name: string; phone: string }) =>
  ask(api.POST("/api/v1/teams/{id}/volunteers", { params: { path: { id } }, body }));
export const removeVolunteer = (id: string, volunteer: string) =>
  ask(api.POST("/api/v1/teams/{id}/volunteers/{volunteer}/remove", { params: { path: { id, volunteer } } }));
export const volunteersPhoneLost = (id: string, volunteer: string) =>
  ask(api.POST("/api/v1/teams/{id}/volunteers/{volunteer}/phone-lost", { params: { path: { id, volunteer } } }));

export const addHousehold = (id: string, body: NewHousehold) => ask(api.POST("/api/v1/teams/{id}/households", { params: { path: { id } }, body }));
export const changeHousehold = (id: string, household: string, body: HouseholdChange) =>
  ask(api.PATCH("/api/v1/teams/{id}/households/{household}", { params: { path: { id, household } }, body }));
export const addMember = (id: string, household: string, body: NewHouseholdMember, key: string) =>
  ask(api.POST("/api/v1/teams/{id}/households/{household}/members", { params: { path: { id, household } }, headers: keyed(key), body }));
export const changeMember = (id: string, household: string, member: string, body: MemberChange) =>
  ask(api.PATCH("/api/v1/teams/{id}/households/{household}/members/{member}", { params: { path: { id, household, member } }, body }));

export const settleHelp = (id: string, note: string) => ask(api.POST("/api/v1/team-help/{id}/settle", { params: { path: { id } }, body: { note } }));

/** Households, a line for each person, each judged by itself. */
export const sendHouseholdList = (id: string, list: { type: string; body: string | Blob }) =>
  ask(
    api.POST("/api/v1/teams/{id}/list", {
      params: { path: { id } },
      headers: { "Content-Type": list.type },
      body: list.body as never,
      bodySerializer: (body: unknown) => body as string | Blob,
    }),
  );
