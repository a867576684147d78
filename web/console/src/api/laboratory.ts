import { queryOptions } from "@tanstack/react-query";

import { api, ask, keyed } from "./client";
import type { NewSample, NewSampling, NewTestResult, TestCorrection } from "./types";
import { usePages } from "./pages";

const path = (id: string) => ({ params: { path: { id } } });

/** Counts; no people. */
export const useSamplings = () => usePages(["laboratory", "sessions"], () => ask(api.GET("/api/v1/sampling-sessions", {})));

export const samplingQuery = (id: string) =>
  queryOptions({ queryKey: ["laboratory", "session", id], queryFn: () => ask(api.GET("/api/v1/sampling-sessions/{id}", path(id))) });

/** With names and results: in the access log of those people, once a day. */
export const useTubes = (id: string) => usePages(["laboratory", "tubes", id], () => ask(api.GET("/api/v1/sampling-sessions/{id}/tubes", path(id))));

export const usePositives = () => usePages(["laboratory", "positives"], () => ask(api.GET("/api/v1/positive-results", {})));
export const useOverturned = () => usePages(["laboratory", "overturned"], () => ask(api.GET("/api/v1/overturned-results", {})));
export const useResampling = () => usePages(["laboratory", "tasks"], () => ask(api.GET("/api/v1/resampling-tasks", {})));

export const laboratoriesQuery = queryOptions({
  queryKey: ["laboratory", "labs"],
  queryFn: async () => (await ask(api.GET("/api/v1/laboratories", {}))).items,
});

/** A look at clinical data, logged with its reason, which stands in no address: not repeated by itself. */
export const personTestsQuery = (id: string, reason: string) =>
  queryOptions({
    queryKey: ["people", "tests", id],
    queryFn: async () => (await ask(api.POST("/api/v1/people/{id}/test-results/look", { ...path(id), body: { reason } }))).items,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });

/** Barcodes; no people. */
export const laboratoryQuery = (id: string) =>
  queryOptions({ queryKey: ["laboratory", "lab", id], queryFn: () => ask(api.GET("/api/v1/laboratories/{id}", path(id))) });

export const openSampling = (body: NewSampling, key: string) => ask(api.POST("/api/v1/sampling-sessions", { headers: keyed(key), body }));
export const closeSampling = (id: string) => ask(api.POST("/api/v1/sampling-sessions/{id}/close", path(id)));
export const takeSample = (id: string, body: NewSample, key: string) =>
  ask(api.POST("/api/v1/sampling-sessions/{id}/samples", { ...path(id), headers: keyed(key), body }));
export const removeSample = ({ id, reason }: { id: string; reason?: string }) =>
  ask(api.POST("/api/v1/samples/{id}/remove", { ...path(id), body: reason ? { reason } : {} }));
export const sendTubes = (id: string, body: { laboratory: string; count: number }, key: string) =>
  ask(api.POST("/api/v1/sampling-sessions/{id}/batches", { ...path(id), headers: keyed(key), body }));

export const addLaboratory = (body: { unit: string; name: string }, key: string) => ask(api.POST("/api/v1/laboratories", { headers: keyed(key), body }));
export const closeLaboratory = (id: string, closed: boolean) => ask(api.PATCH("/api/v1/laboratories/{id}", { ...path(id), body: { closed } }));
export const receiveTube = (id: string, tube: string) => ask(api.POST("/api/v1/laboratories/{id}/receptions", { ...path(id), body: { tube } }));
export const lookAtTube = (id: string, tube: string) => ask(api.POST("/api/v1/laboratories/{id}/look", { ...path(id), body: { tube } }));
export const enterResult = (id: string, body: NewTestResult) => ask(api.POST("/api/v1/laboratories/{id}/results", { ...path(id), body }));
export const correctResult = (id: string, body: TestCorrection) => ask(api.POST("/api/v1/test-results/{id}/correct", { ...path(id), body }));
export const settleUnmatched = (id: string, tube?: string) =>
  ask(api.POST("/api/v1/unmatched-results/{id}/settle", { ...path(id), body: tube ? { tube } : {} }));
export const makeCase = (id: string) => ask(api.POST("/api/v1/test-results/{id}/case", path(id)));

/** Results, a line for each tube, each judged by itself. */
export const sendResultList = (id: string, list: { type: string; body: string | Blob }) =>
  ask(
    api.POST("/api/v1/laboratories/{id}/result-list", {
      ...path(id),
      headers: { "Content-Type": list.type },
      body: list.body as never,
      bodySerializer: (body: unknown) => body as string | Blob,
    }),
  );
