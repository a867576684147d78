import type { Body } from "@luytre/shared/api";
import type { QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import type { SortOrder } from "../logic/sorting";
import type { FileFormat } from "../parts/TakeOut";
import { api, ask } from "./client";
import { usePages } from "./pages";
import type { Coming, NewArrival, NewPerson, Traveller } from "./types";

type LookAsked = Body<"/api/v1/arrivals/look", "post">;

/**
 * What the traveller shows: our code, a paper, the number of one with the year of birth, or the ticket of an earlier look;
 * or who of a queue it is; `person`: of several whom a paper finds.
 */
export type Shown = Omit<LookAsked, "place" | "reason">;

/** In that person's access log, so it is asked for once. */
export async function lookAt(place: string, shown: Shown, reason: string): Promise<Traveller> {
  const { declaration, ...found } = await ask(api.POST("/api/v1/arrivals/look", { body: { place, ...shown, reason } }));
  // The server took it in as a response to this form.
  return { ...found, declaration: declaration && { ...declaration, response: declaration.response as QuestionnaireResponse | undefined } };
}

/** A picture that the declaration at the desk names. Each look is logged. */
export const readPictureShown = (place: string, code: string, picture: string, reason: string) =>
  ask(api.POST("/api/v1/arrivals/pictures/look", { body: { place, code, picture, reason }, parseAs: "blob" }));

const once = (key: string) => ({ params: { header: { "Idempotency-Key": key } } });

export const correctShown = (place: string, code: string, declaration: string, response: QuestionnaireResponse, key: string) =>
  ask(api.POST("/api/v1/arrivals/corrections", { ...once(key), body: { place, code, declaration, response: response as never } }));

/** Answers the ticket to look with. */
export const registerTraveller = async (place: string, person: NewPerson, key: string) =>
  (await ask(api.POST("/api/v1/arrivals/travellers", { ...once(key), body: { place, person } }))).ticket;

/** Written down by the officer for a traveller who has not declared. */
export const declareShown = (place: string, code: string, version: string, response: QuestionnaireResponse, key: string) =>
  ask(api.POST("/api/v1/arrivals/declarations", { ...once(key), body: { place, code, version, response: response as never } }));

export const decideArrival = (arrival: NewArrival, key: string) => ask(api.POST("/api/v1/arrivals", { ...once(key), body: arrival }));

export const vehicleQueuesQuery = queryOptions({
  queryKey: ["arrivals", "vehicles"],
  queryFn: async () => (await ask(api.GET("/api/v1/arrivals/vehicles"))).items,
});

export const onTheWayQuery = (place: string) =>
  queryOptions({
    queryKey: ["arrivals", "onTheWay", place],
    queryFn: async () => (await ask(api.GET("/api/v1/arrivals/on-the-way", { params: { query: { place } } }))).items,
  });

/** A departure with a carrier's list, or a vehicle that travellers declared. */
export type QueueOf = { vehicle: string; departure: string } | { onTheWay: string };

/** Everybody in it whom we know is logged, so it is asked for once. */
export const readQueue = async (place: string, of: QueueOf, reason: string) =>
  (await ask(api.POST("/api/v1/arrivals/queue/look", { body: { place, ...of, reason } }))).items;

export interface ComingFilter {
  unit?: string;
  outcome?: Coming["outcome"];
  state?: Coming["state"];
  /** By when it was decided; absent: the newest first. */
  order?: SortOrder;
}

export type ComingFileFilter = Pick<ComingFilter, "outcome" | "state">;

/** Everybody on the page is logged, so it is not read again behind the officer's back. */
export const useComing = (filter: ComingFilter) =>
  usePages(["arrivals", "coming", filter], (cursor) => ask(api.GET("/api/v1/arrivals/coming", { params: { query: { ...filter, cursor } } })));

/** Who comes to the unit; everybody in the file is logged with the reason. */
export const takeOutComing = async (unit: string, format: FileFormat, reason: string, filter: ComingFileFilter) =>
  save(
    await ask(api.POST("/api/v1/units/{id}/arrival-file", { params: { path: { id: unit } }, body: { ...filter, reason, format }, parseAs: "blob" })),
    `luytre-arrivals-${unit}.${format}`,
  );

export const acknowledgeArrival = (id: string) => ask(api.POST("/api/v1/arrivals/{id}/acknowledge", { params: { path: { id } } }));

export const receiveArrival = (id: string, said: Body<"/api/v1/arrivals/{id}/outcome", "post">, key: string) =>
  ask(api.POST("/api/v1/arrivals/{id}/outcome", { params: { path: { id }, ...once(key).params }, body: said }));
