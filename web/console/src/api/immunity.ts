import { ifMatch } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";
import type { NewImmunity } from "./types";

const edit = (id: string, version: number) => ({ path: { id }, header: ifMatch(version) });

/** Whether it matters that the contact is immune, and what was said of it: each read is logged, so it is not repeated by itself. */
export const immunityQuery = (id: string) =>
  queryOptions({
    queryKey: ["follow-ups", "immunity", id],
    queryFn: () => ask(api.GET("/api/v1/follow-ups/{id}/immunity", { params: { path: { id } } })),
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

export const sayImmune = (id: string, version: number, body: NewImmunity) => ask(api.POST("/api/v1/follow-ups/{id}/immunity", { params: edit(id, version), body }));

export const withdrawImmunity = (id: string, version: number, reason: string) =>
  ask(api.POST("/api/v1/follow-ups/{id}/immunity/withdraw", { params: edit(id, version), body: { reason } }));
