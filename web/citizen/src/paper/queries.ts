import { ask } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import { api } from "../app/api";

export const cardsQuery = (person: string) =>
  queryOptions({
    queryKey: ["people", person, "cards"],
    queryFn: async () => (await ask(api.GET("/api/v1/me/people/{id}/cards", { params: { path: { id: person } } }))).items,
  });

export const slipSheetsQuery = (place: string) =>
  queryOptions({
    queryKey: ["places", place, "slips"],
    queryFn: async () => (await ask(api.GET("/api/v1/places/{id}/slips", { params: { path: { id: place } } }))).items,
  });
