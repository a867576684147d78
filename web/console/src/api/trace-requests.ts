import { queryOptions } from "@tanstack/react-query";

import { api, ask, keyed } from "./client";
import type { NewTraceRequest, TraceRequest } from "./types";

const path = (id: string) => ({ path: { id } });
const kAgain = 2_000;
const running = (rows: TraceRequest[] | undefined) => rows?.some((row) => row.runState === "queued") ?? false;

/** Asked again while a trace runs. */
export const traceRequestsQuery = queryOptions({
  queryKey: ["trace-requests"],
  queryFn: async () => (await ask(api.GET("/api/v1/trace-requests"))).items,
  refetchInterval: ({ state }) => (running(state.data) ? kAgain : false),
});

export const enterTraceRequest = (body: NewTraceRequest, key: string) => ask(api.POST("/api/v1/trace-requests", { body, headers: keyed(key) }));
export const releaseTraceRequest = (id: string) => ask(api.POST("/api/v1/trace-requests/{id}/release", { params: path(id) }));
export const refuseTraceRequest = (id: string, reason: string) => ask(api.POST("/api/v1/trace-requests/{id}/refuse", { params: path(id), body: { reason } }));
export const runTraceRequest = (id: string) => ask(api.POST("/api/v1/trace-requests/{id}/run", { params: path(id) }));
