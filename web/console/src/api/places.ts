import { ifMatch } from "@luytre/shared/api";
import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import type { SortOrder } from "../logic/sorting";
import type { ListFile } from "../parts/ListForm";
import type { FileFormat } from "../parts/TakeOut";
import { api, ask, newest } from "./client";
import { usePages } from "./pages";
import type { PlaceBrief, PlaceChange } from "./types";

export interface PlaceFilter {
  q?: string;
  unit?: string;
  kind?: string;
  status?: PlaceBrief["status"];
  /** By when they were registered; absent: the newest first. */
  order?: SortOrder;
}

export const usePlaces = (filter: PlaceFilter) =>
  usePages(["places", "list", filter], (cursor) => ask(api.GET("/api/v1/places", { params: { query: { ...filter, cursor } } })));

/** Of a unit, without address, phone or keeper. */
export const takeOutPlaces = async (unit: string, format: FileFormat, reason: string, { kind, status }: PlaceFilter) =>
  save(
    await ask(
      api.POST("/api/v1/units/{id}/place-file", {
        params: { path: { id: unit } },
        body: { ...(kind ? { kind } : {}), ...(status ? { status } : {}), reason, format },
        parseAs: "blob",
      }),
    ),
    `luytre-places-${unit}.${format}`,
  );

export const placeQuery = (id: string) =>
  queryOptions({ queryKey: ["places", "one", id], queryFn: () => ask(api.GET("/api/v1/places/{id}", { params: { path: { id } } })), ...newest });

export const placeCountsQuery = (id: string) =>
  queryOptions({
    queryKey: ["places", "counts", id],
    queryFn: () => ask(api.GET("/api/v1/places/{id}/visits/summary", { params: { path: { id } } })),
    refetchInterval: 30_000,
  });

export const placeKindsQuery = queryOptions({
  queryKey: ["place-kinds"],
  queryFn: () => ask(api.GET("/api/v1/place-kinds")),
  staleTime: Infinity,
});

export const placeApprovalsQuery = queryOptions({ queryKey: ["places", "approvals"], queryFn: () => ask(api.GET("/api/v1/place-approvals")) });

export const changePlace = (id: string, version: number, body: PlaceChange) =>
  ask(api.PATCH("/api/v1/places/{id}", { params: { path: { id }, header: ifMatch(version) }, body }));

export const approvePlace = (id: string) => ask(api.POST("/api/v1/places/{id}/approve", { params: { path: { id } } }));

export const addZone = (id: string, name: string) => ask(api.POST("/api/v1/places/{id}/zones", { params: { path: { id } }, body: { name } }));

export type ZoneUse = "part" | "entrance" | "wayOut";

/** A part of the place becomes an entrance, or back. */
export const turnZone = (id: string, version: number, zone: string, use: ZoneUse) =>
  ask(
    api.PATCH("/api/v1/places/{id}/zones/{zone}", {
      params: { path: { id, zone }, header: ifMatch(version) },
      body: { entrance: use !== "part", leaving: use === "wayOut" },
    }),
  );

/** Check-ins that something speaks against, never whose: of a day, or of all that is kept. Each look is logged. */
export const useDoubtfulVisits = (place: string, asked: { day?: string } | undefined) =>
  usePages(
    ["places", "doubtful", place, asked?.day],
    (cursor) => ask(api.GET("/api/v1/places/{id}/doubtful-visits", { params: { path: { id: place }, query: { ...asked, cursor } } })),
    asked !== undefined,
  );

/** Where the browser downloads a poster; of one zone, or of the whole place. */
export function posterUrl(id: string, kind: "pdf" | "svg", zone?: string): string {
  const path = `/api/v1/places/${encodeURIComponent(id)}/poster.${kind}`;
  return zone ? `${path}?zone=${encodeURIComponent(zone)}` : path;
}

/** Where the posters of a list are downloaded, part by part, as the report counts them. */
export const listPostersUrl = (batch: string, part: number) => `/api/v1/place-lists/${encodeURIComponent(batch)}/posters.pdf?part=${part}`;

/** A unit's places as comma-separated values, each line judged by itself. */
export const sendPlaceList = (unit: string, system: string | undefined, list: ListFile) =>
  ask(
    api.POST("/api/v1/units/{id}/places", {
      params: { path: { id: unit }, query: { system } as never, header: { "Idempotency-Key": list.key } as never },
      headers: { "Content-Type": list.type },
      body: list.body as never,
      bodySerializer: (body: unknown) => body as string | Blob,
    }),
  );
