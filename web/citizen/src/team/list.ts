// The households of a volunteer's teams as they stand, with what still waits on the device. Pure.

import type { DoorDesk, DoorHousehold, DoorTeam } from "@luytre/shared/api";

import type { Entry } from "../offline/queue";

export type Outcome = "met" | "notAtHome" | "refused" | "needsHelp";
export type Show = "all" | "open" | "missed";

/** What was tapped, as it is sent. */
export interface Finding {
  shift: string;
  household: string;
  at: string;
  outcome: Outcome;
  member?: string;
  note?: string;
}
export interface DoorDeclaration {
  shift: string;
  member: string;
  informant: string;
  at: string;
  version: string;
  response: unknown;
}

const rank = ["notVisited", "notAtHome", "refused", "reached"] as const;
const best = (one: DoorHousehold["state"], other: DoorHousehold["state"]): DoorHousehold["state"] =>
  rank.indexOf(one) < rank.indexOf(other) ? other : one;

export function after(household: DoorHousehold, finding: Pick<Finding, "outcome">): DoorHousehold {
  const { outcome } = finding;
  const state = outcome === "notAtHome" || outcome === "refused" ? outcome : "reached";
  return { ...household, state: best(household.state, state), help: household.help || outcome === "needsHelp" };
}

export function afterDeclaring(household: DoorHousehold, member: string): DoorHousehold {
  if (!household.members.some(({ id }) => id === member)) return household;
  return {
    ...household,
    state: "reached",
    members: household.members.map((each) => (each.id === member ? { ...each, declared: true } : each)),
  };
}

const mapped = (desk: DoorDesk, change: (household: DoorHousehold) => DoorHousehold): DoorDesk => ({
  ...desk,
  teams: desk.teams.map((team) => ({ ...team, households: team.households.map(change) })),
});

/** What was done since the list was read: it waits, but it has been done. Of another day it is not today's. */
export function withWaiting(desk: DoorDesk, waiting: readonly Entry[], today: (at: string) => boolean): DoorDesk {
  let out = desk;
  for (const { what, refused } of waiting) {
    if (what.kind !== "door" || refused || !today(what.body.at)) continue;
    if (what.path === "/api/v1/team/findings") {
      const finding = what.body as unknown as Finding;
      out = mapped(out, (each) => (each.id === finding.household ? after(each, finding) : each));
    } else {
      const { member } = what.body as unknown as DoorDeclaration;
      out = mapped(out, (each) => afterDeclaring(each, member));
    }
  }
  return out;
}

export interface Counts {
  households: number;
  reached: number;
  members: number;
  declared: number;
}

export function counts(team: DoorTeam): Counts {
  const members = team.households.flatMap((each) => each.members);
  return {
    households: team.households.length,
    reached: team.households.filter(({ state }) => state === "reached").length,
    members: members.length,
    declared: members.filter(({ declared }) => declared).length,
  };
}

export const shows = (show: Show, household: DoorHousehold): boolean =>
  show === "all" ||
  (show === "open" ? household.state !== "reached" && household.state !== "refused" : household.members.some(({ declared }) => !declared));
