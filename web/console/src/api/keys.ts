import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";
import type { NewProgramKey } from "./types";

export const keysQuery = queryOptions({
  queryKey: ["keys"],
  queryFn: async () => (await ask(api.GET("/api/v1/keys"))).items,
});

/** Answers the key itself, this once. */
export const makeKey = (body: NewProgramKey) => ask(api.POST("/api/v1/keys", { body }));

export const revokeKey = (id: string) => ask(api.POST("/api/v1/keys/{id}/revoke", { params: { path: { id } }, body: {} }));
