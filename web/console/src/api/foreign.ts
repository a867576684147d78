import { queryOptions } from "@tanstack/react-query";

import type { ListFile } from "../parts/ListForm";
import { api, ask } from "./client";
import type { ForeignSystem } from "./types";

export interface ForeignList {
  what: "visits" | "movement" | "general" | "entry";
  system: ForeignSystem;
  unit: string;
  basis: string;
}

const header = (key: string) => ({ "Idempotency-Key": key });
const raw = (file: ListFile) => ({
  headers: { "Content-Type": file.type },
  body: file.body as never,
  bodySerializer: (body: unknown) => body as string | Blob,
});

/** One list of another system, each line judged by itself. */
export const sendForeignList = ({ what, ...query }: ForeignList, file: ListFile) =>
  ask(
    what === "visits"
      ? api.POST("/api/v1/foreign/visits", { params: { query, header: header(file.key) }, ...raw(file) })
      : api.POST("/api/v1/foreign/declarations", { params: { query: { ...query, form: what }, header: header(file.key) }, ...raw(file) }),
  );

export const foreignBatchesQuery = queryOptions({
  queryKey: ["foreign"],
  queryFn: async () => (await ask(api.GET("/api/v1/foreign/batches"))).items,
});

export const matchForeignBatch = (id: string, key: string) =>
  ask(api.POST("/api/v1/foreign/batches/{id}/match", { params: { path: { id }, header: header(key) } }));

export const undoForeignBatch = (id: string, reason: string, key: string) =>
  ask(api.POST("/api/v1/foreign/batches/{id}/undo", { params: { path: { id }, header: header(key) }, body: { reason } }));
