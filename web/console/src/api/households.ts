import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";

/** Every member shown is logged with the reason; nothing is asked again behind the officer's back. */
export const householdsQuery = (person: string, reason: string) =>
  queryOptions({
    queryKey: ["person-households", person],
    queryFn: () => ask(api.POST("/api/v1/people/{id}/households/look", { params: { path: { id: person } }, body: { reason } })),
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

export const addHousemate = (id: string, body: { person: string; from?: string; reason: string }) => ask(api.POST("/api/v1/people/{id}/housemates", { params: { path: { id } }, body }));

export const moveOut = (id: string, until: string, reason: string) => ask(api.POST("/api/v1/people/{id}/move-out", { params: { path: { id } }, body: { until, reason } }));
