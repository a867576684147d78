// What these pages ask the server for.

import { ask } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import { api } from "../app/api";

export const myRostersQuery = queryOptions({
  queryKey: ["duties", "mine"],
  queryFn: () => ask(api.GET("/api/v1/me/rosters")),
});

export const rostersQuery = queryOptions({
  queryKey: ["rosters"],
  queryFn: async () => (await ask(api.GET("/api/v1/rosters"))).items,
});

export const rosterQuery = (id: string) =>
  queryOptions({
    queryKey: ["rosters", id],
    queryFn: () => ask(api.GET("/api/v1/rosters/{id}", { params: { path: { id } } })),
  });
