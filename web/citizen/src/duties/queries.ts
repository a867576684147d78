// What these pages ask the server for.

import { ask } from "@luytre/shared/api";
import { save } from "@luytre/shared/save";
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

/** Who declared on which of the last 14 days, as a file; in the access log. */
export const rosterExport = async (id: string, rule: string, reason: string) =>
  save(await ask(api.POST("/api/v1/rosters/{id}/export", { params: { path: { id } }, body: { rule, days: 14, reason }, parseAs: "blob" })), `luytre-${id}.csv`);
