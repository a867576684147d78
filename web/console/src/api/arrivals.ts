import type { QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";
import type { NewArrival, Traveller } from "./types";

/** Whoever shows the code; in that person's access log, so it is asked for once. */
export async function lookAt(place: string, code: string, reason: string): Promise<Traveller> {
  const { declaration, ...found } = await ask(api.POST("/api/v1/arrivals/look", { body: { place, code, reason } }));
  // The server took it in as a response to this form.
  return { ...found, declaration: declaration && { ...declaration, response: declaration.response as QuestionnaireResponse | undefined } };
}

const once = (key: string) => ({ params: { header: { "Idempotency-Key": key } } });

export const correctShown = (place: string, code: string, declaration: string, response: QuestionnaireResponse, key: string) =>
  ask(api.POST("/api/v1/arrivals/corrections", { ...once(key), body: { place, code, declaration, response: response as never } }));

export const decideArrival = (arrival: NewArrival, key: string) => ask(api.POST("/api/v1/arrivals", { ...once(key), body: arrival }));

export const vehicleQueuesQuery = queryOptions({
  queryKey: ["arrivals", "vehicles"],
  queryFn: async () => (await ask(api.GET("/api/v1/arrivals/vehicles"))).items,
});

/** Everybody on the list is logged, so it is not read again behind the officer's back. */
export const comingQuery = queryOptions({
  queryKey: ["arrivals", "coming"],
  queryFn: async () => (await ask(api.GET("/api/v1/arrivals/coming"))).items,
  staleTime: Infinity,
  refetchOnReconnect: false,
});

export const acknowledgeArrival = (id: string) => ask(api.POST("/api/v1/arrivals/{id}/acknowledge", { params: { path: { id } } }));
