import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import type { SortOrder, Sorting } from "../logic/sorting";
import { api, ask, keyed } from "./client";
import type { NewSample, NewSampling, NewTestResult, TestCorrection, TestMethod } from "./types";
import { usePages } from "./pages";

const path = (id: string) => ({ params: { path: { id } } });

export type PositiveSort = "result" | "sampled";

/** Of the lists of the own area: of one disease; which positive results, in which order; which sessions; and how the others are ordered. */
export interface LaboratoryFilter extends Sorting<PositiveSort> {
  disease?: string;
  method?: TestMethod;
  age?: "late" | "recent";
  from?: string;
  to?: string;
  again?: SortOrder;
  opened?: SortOrder;
  overturned?: SortOrder;
}

/** Which lines a file of a unit has, as the lists are filtered. */
export type PositiveFileFilter = Pick<LaboratoryFilter, "disease" | "method"> & { late?: boolean };
export type SessionFileFilter = Pick<LaboratoryFilter, "disease" | "from" | "to">;
export type DiseaseFileFilter = Pick<LaboratoryFilter, "disease">;

/** Counts; no people. */
export const useSamplings = ({ disease, from, to, opened: order }: LaboratoryFilter) =>
  usePages(["laboratory", "sessions", { disease, from, to, order }], (cursor) => ask(api.GET("/api/v1/sampling-sessions", { params: { query: { disease, from, to, order, cursor } } })));

export const samplingQuery = (id: string) =>
  queryOptions({ queryKey: ["laboratory", "session", id], queryFn: () => ask(api.GET("/api/v1/sampling-sessions/{id}", path(id))) });

/** With names and results: in the access log of those people, once a day. */
export const useTubes = (id: string) => usePages(["laboratory", "tubes", id], () => ask(api.GET("/api/v1/sampling-sessions/{id}/tubes", path(id))));

export const usePositives = ({ disease, method, age, sort, order }: LaboratoryFilter) => {
  const late = age && age === "late";
  return usePages(["laboratory", "positives", { disease, method, late, sort, order }], (cursor) =>
    ask(api.GET("/api/v1/positive-results", { params: { query: { disease, method, late, sort, order, cursor } } })),
  );
};
export const useOverturned = ({ disease, overturned: order }: LaboratoryFilter) =>
  usePages(["laboratory", "overturned", { disease, order }], (cursor) => ask(api.GET("/api/v1/overturned-results", { params: { query: { disease, order, cursor } } })));
export const useResampling = ({ disease, again: order }: LaboratoryFilter) =>
  usePages(["laboratory", "tasks", { disease, order }], (cursor) => ask(api.GET("/api/v1/resampling-tasks", { params: { query: { disease, order, cursor } } })));

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

export type TubeSort = "sampled" | "result";

export interface TubeFilter extends Sorting<TubeSort> {
  disease?: string;
  state?: "onTheWay" | "waiting" | "done";
  method?: TestMethod;
  from?: string;
  to?: string;
}

export type TubeFileFilter = Omit<TubeFilter, "sort" | "order">;

/** Barcodes; no people. */
export const useLaboratoryTubes = (id: string, filter: TubeFilter) =>
  usePages(["laboratory", "sent", id, filter], (cursor) => ask(api.GET("/api/v1/laboratories/{id}/tubes", { params: { path: { id }, query: { ...filter, cursor } } })));

export const takeOutTubes = async (id: string, format: "csv" | "xlsx", reason: string, filter: TubeFileFilter) =>
  save(await ask(api.POST("/api/v1/laboratories/{id}/tube-file", { ...path(id), body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-tubes-${id}.${format}`);

/** With names: everybody in the file is logged with the reason. */
export const takeOutPositives = async (unit: string, format: "csv" | "xlsx", reason: string, filter: PositiveFileFilter) =>
  save(await ask(api.POST("/api/v1/units/{id}/positive-file", { ...path(unit), body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-positives-${unit}.${format}`);
export const takeOutOverturned = async (unit: string, format: "csv" | "xlsx", reason: string, filter: DiseaseFileFilter) =>
  save(await ask(api.POST("/api/v1/units/{id}/overturned-file", { ...path(unit), body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-overturned-${unit}.${format}`);
export const takeOutResampling = async (unit: string, format: "csv" | "xlsx", reason: string, filter: DiseaseFileFilter) =>
  save(await ask(api.POST("/api/v1/units/{id}/resampling-file", { ...path(unit), body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-resampling-${unit}.${format}`);

/** Counts; no people. */
export const takeOutSamplings = async (unit: string, format: "csv" | "xlsx", reason: string, filter: SessionFileFilter) =>
  save(await ask(api.POST("/api/v1/units/{id}/sampling-session-file", { ...path(unit), body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-sessions-${unit}.${format}`);

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
export const letAffirm = (id: string, affirms: boolean) => ask(api.PATCH("/api/v1/laboratories/{id}", { ...path(id), body: { affirms } }));
export const receiveTube = (id: string, tube: string) => ask(api.POST("/api/v1/laboratories/{id}/receptions", { ...path(id), body: { tube } }));
export const lookAtTube = (id: string, tube: string) => ask(api.POST("/api/v1/laboratories/{id}/look", { ...path(id), body: { tube } }));
export const enterResult = (id: string, body: NewTestResult) => ask(api.POST("/api/v1/laboratories/{id}/results", { ...path(id), body }));
export const correctResult = (id: string, body: TestCorrection) => ask(api.POST("/api/v1/test-results/{id}/correct", { ...path(id), body }));
export const settleUnmatched = (id: string, tube?: string) =>
  ask(api.POST("/api/v1/unmatched-results/{id}/settle", { ...path(id), body: tube ? { tube } : {} }));
export const makeCase = (id: string) => ask(api.POST("/api/v1/test-results/{id}/case", path(id)));

export const weighResult = ({ id, reason }: { id: string; reason: string }) => ask(api.POST("/api/v1/test-results/{id}/weighed", { ...path(id), body: { reason } }));

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
