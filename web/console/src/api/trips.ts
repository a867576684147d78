import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";

export const tripsQuery = queryOptions({
  queryKey: ["trips"],
  queryFn: async () => (await ask(api.GET("/api/v1/trips"))).items,
});

/** Who sat where; in the access log with the reason, so it is asked for once. */
export const readPassengers = async (place: string, departure: string, reason: string) =>
  (await ask(api.GET("/api/v1/places/{id}/passengers", { params: { path: { id: place }, query: { departure, reason } } }))).items;
