// Who may have infected whom: of an outbreak, or of one case. Every look is in the log, so nothing is read ahead or again by itself.
import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";
import type { Graph, GraphFile } from "./types";

export interface GraphOf {
  kind: "outbreak" | "case";
  id: string;
}

export const graphLevels = 4;

export const graphQuery = ({ kind, id }: GraphOf, level: number) =>
  queryOptions({
    queryKey: ["graph", kind, id, level],
    queryFn: ({ signal }): Promise<Graph> => {
      const asked = { params: { path: { id }, query: { level } }, signal };
      return kind === "outbreak" ? ask(api.GET("/api/v1/outbreaks/{id}/graph", asked)) : ask(api.GET("/api/v1/cases/{id}/graph", asked));
    },
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** Before it leaves as a picture: logged, also for the cases outside that are on it, and answers the mark to be written on it. */
export const takeGraph = ({ kind, id }: GraphOf, file: GraphFile, people: number, outside: string[]) => {
  const asked = { params: { path: { id } }, body: { file, people, outside } };
  return kind === "outbreak" ? ask(api.POST("/api/v1/outbreaks/{id}/graph/take-out", asked)) : ask(api.POST("/api/v1/cases/{id}/graph/take-out", asked));
};
