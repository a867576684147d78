import { queryOptions } from "@tanstack/react-query";

import type { SortOrder } from "../logic/sorting";
import { api, ask, keyed } from "./client";
import { usePages } from "./pages";
import type { Inspection, NewInspection } from "./types";

export const inspectionsQuery = (place: string) =>
  queryOptions({
    queryKey: ["places", "inspections", place],
    queryFn: () => ask(api.GET("/api/v1/places/{id}/inspections", { params: { path: { id: place } } })),
  });

export interface DueFilter {
  unit?: string;
  outcome?: Inspection["outcome"];
  /** By the day; absent: what comes first first. */
  order?: SortOrder;
}

export const useDueInspections = (filter: DueFilter) =>
  usePages(["places", "inspections-due", filter], (cursor) => ask(api.GET("/api/v1/inspections/due", { params: { query: { ...filter, cursor } } })));

export const recordInspection = (place: string, body: NewInspection, key: string) =>
  ask(api.POST("/api/v1/places/{id}/inspections", { params: { path: { id: place } }, headers: keyed(key), body }));

/** A plain JPEG, drawn anew (@luytre/shared/photo). */
export const addPhoto = (inspection: string, photo: Blob, key: string) =>
  ask(
    api.POST("/api/v1/inspections/{id}/photos", {
      params: { path: { id: inspection } },
      headers: { "Content-Type": "image/jpeg", ...keyed(key) },
      body: photo as never,
      bodySerializer: (body: unknown) => body as Blob,
    }),
  );

/** Each look is logged. */
export const photoUrl = (photo: string) => `/api/v1/inspection-photos/${encodeURIComponent(photo)}`;
