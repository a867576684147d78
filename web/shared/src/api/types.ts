// Names for the shapes that the API answers and takes, derived from its paths, so that they follow the generated
// schema.

import type { paths } from "./schema";

type Method = "get" | "post" | "put" | "patch" | "delete";
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type Content<R> = R extends { content: { "application/json": infer T } } ? T : never;

/** What a successful answer of a path and method holds. */
export type Answer<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { responses: infer R }
    ? { [S in keyof R]: S extends 200 | 201 | 202 ? Content<R[S]> : never }[keyof R]
    : never;

/** What a path and method takes. */
export type Body<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { requestBody?: { content: { "application/json": infer T } } } ? T : never;

export type Item<T> = T extends { items: (infer I)[] } ? I : never;

export type Session = Answer<"/api/v1/auth/session", "get">;
export type SessionInfo = Item<Answer<"/api/v1/auth/sessions", "get">>;
export type ConsentText = Item<Answer<"/api/v1/consents/texts", "get">>;
export type Consent = Item<Answer<"/api/v1/me/consents", "get">>;
export type AccessEntry = Item<Answer<"/api/v1/me/access-log", "get">>;
export type UnitHit = Item<Answer<"/api/v1/units/search", "get">>;
export type Unit = Item<Answer<"/api/v1/units", "get">>;
export type DecisionInForce = Item<Answer<"/api/v1/decisions/in-force", "get">>;
export type FormsNow = Answer<"/api/v1/me/forms", "get">;
export type FormInfo = Item<Answer<"/api/v1/forms", "get">>;
export type Declaration = Answer<"/api/v1/declarations", "post">;
export type NewDeclaration = Body<"/api/v1/declarations", "post">;
export type MyDeclaration = Item<Answer<"/api/v1/me/declarations", "get">>;
export type Person = Item<Answer<"/api/v1/me/people", "get">>;
export type NewPerson = Body<"/api/v1/me/people", "post">;
export type PersonCode = Answer<"/api/v1/me/people/{id}/code", "get">;
export type Place = Answer<"/api/v1/places/{id}", "get">;
export type PassengerReport = Answer<"/api/v1/places/{id}/passengers", "post">;
export type SlipReport = Answer<"/api/v1/places/{id}/slips/entries", "post">;
export type SlipLine = Body<"/api/v1/places/{id}/slips/entries", "post">["lines"][number];
export type Duty = Item<Answer<"/api/v1/me/duties", "get">>;
export type RosterDuty = Answer<"/api/v1/rosters/{id}", "get">["duties"][number];
export type Sector = Answer<"/api/v1/rosters/{id}", "get">["sector"];
export type PlaceKind = Item<Answer<"/api/v1/place-kinds", "get">>;
export type NewPlace = Body<"/api/v1/places/registrations", "post">;
export type Resolved = Answer<"/api/v1/places/resolve", "post">;
export type Visit = Item<Answer<"/api/v1/me/visits", "get">>;
export type CheckIn = Body<"/api/v1/visits", "post">;
export type Admitted = Answer<"/api/v1/places/{id}/visits", "post">;
export type GateShift = Answer<"/api/v1/gate/shifts", "post">;
export type GateDesk = Answer<"/api/v1/gate/desk", "post">;
export type GateInfo = GateDesk["gates"][number];
export type GateAdmission = Body<"/api/v1/gate/admissions", "post">;
export type GateAdmitted = Answer<"/api/v1/gate/admissions", "post">;
export type GateDeparture = Body<"/api/v1/gate/departures", "post">;
export type GateDeparted = Answer<"/api/v1/gate/departures", "post">;
export type KeeperAdmission = Body<"/api/v1/places/{id}/entries", "post">;
export type GateCompanions = Body<"/api/v1/gate/admissions/{entry}/companions", "post">;
export type GateCounted = Answer<"/api/v1/gate/admissions/{entry}/companions", "post">;
export type GateAmbulance = Body<"/api/v1/gate/ambulances", "post">;
export type GateAmbulancePeople = Body<"/api/v1/gate/ambulances/{entry}/people", "post">;
export type GateRefusal = Body<"/api/v1/gate/refusals", "post">;
export type LanePassage = Body<"/api/v1/lane/passages", "post">;
export type LanePassed = Answer<"/api/v1/lane/passages", "post">;
export type LaneSettlement = Body<"/api/v1/lane/settlements", "post">;
export type LaneDesk = Answer<"/api/v1/lane/desk", "post">;
export type LanePlan = LaneDesk["plan"];
export type NewPlannedShift = Body<"/api/v1/places/{id}/planned-shifts", "post">;
export type LaneOpen = LaneDesk["open"][number];
export type LaneSeen = Answer<"/api/v1/lane/look", "post">;
export type DoorDesk = Answer<"/api/v1/team/desk", "post">;
export type DoorTeam = DoorDesk["teams"][number];
export type DoorHousehold = DoorTeam["households"][number];
export type Journey = Item<Answer<"/api/v1/me/journeys", "get">>;
export type MyPassage = Item<Answer<"/api/v1/me/passages", "get">>;
export type Warning = Item<Answer<"/api/v1/me/warnings", "get">>;
/** A text in both languages. */
export interface BothLanguages {
  vi: string;
  en: string;
}
