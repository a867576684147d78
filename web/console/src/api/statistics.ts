import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { CaseReportFilter, StatisticsBy } from "../logic/filters";
import type { ListFile } from "../parts/ListForm";
import { api, ask } from "./client";
import { usePages } from "./pages";
import type { NewDenominator } from "./types";

export interface StatisticsFilter {
  by?: StatisticsBy;
  unit?: string;
  day?: string;
}

/** Counting takes the server a while; it remembers the figures for some minutes. */
const steady = { staleTime: 5 * 60_000 };

/** While other figures are counted the earlier ones stay, so that nothing below them jumps; `by` says of what they are. */
export const statisticsQuery = (filter: StatisticsFilter) =>
  queryOptions({
    queryKey: ["statistics", "table", filter],
    queryFn: async () => ({ ...(await ask(api.GET("/api/v1/statistics", { params: { query: filter } }))), by: filter.by }),
    placeholderData: keepPreviousData,
    ...steady,
  });

/** Counted anew each time: whoever asks wants what is known now, or was known at that moment. */
export const caseReportQuery = (filter: CaseReportFilter) =>
  queryOptions({
    queryKey: ["statistics", "cases", filter],
    queryFn: () => ask(api.GET("/api/v1/statistics/cases", { params: { query: filter } })),
    placeholderData: keepPreviousData,
  });

/** The server counts some days at a time: asked again until all are there. */
export const trendQuery = (unit?: string) =>
  queryOptions({
    queryKey: ["statistics", "trend", unit],
    queryFn: () => ask(api.GET("/api/v1/statistics/trend", { params: { query: unit ? { unit } : {} } })),
    refetchInterval: ({ state }) => (state.data?.whole === false ? 500 : false),
    ...steady,
  });

export const useStatisticsPlaces = (filter: { unit?: string; day?: string; silentDays?: number }) =>
  usePages(["statistics", "places", filter], (cursor) =>
    ask(api.GET("/api/v1/statistics/places", { params: { query: { ...filter, ...(cursor ? { cursor } : {}) } } })),
  );

export const enterDenominator = (body: NewDenominator) => ask(api.POST("/api/v1/statistics/denominators", { body }));

/** Of many units, each line judged by itself. */
export const sendDenominatorList = (list: ListFile) =>
  ask(
    api.POST("/api/v1/statistics/denominators/list", {
      params: { header: { "Idempotency-Key": list.key } as never },
      headers: { "Content-Type": list.type },
      body: list.body as never,
      bodySerializer: (body: unknown) => body as string | Blob,
    }),
  );
