// The numbers of the overview and of notes above lists. Each is the length of a list that can be opened; where a list is longer than one page the number says "at
// least", for the API counts nothing on its own. What is counted comes without names: a number is no look at anybody.
import { queryOptions } from "@tanstack/react-query";

import { isOverdue } from "../logic/tasks";
import { api, ask } from "./client";
import type { Classification, Release, Task } from "./types";

export interface Figure {
  count: number;
  more: boolean;
}

const most = 200;

function figure(page: { items: unknown[]; next?: string | undefined }): Figure {
  return { count: page.items.length, more: page.next !== undefined };
}

export const caseFigureQuery = (classification: Classification) =>
  queryOptions({
    queryKey: ["cases", "figure", classification],
    queryFn: async () => figure(await ask(api.GET("/api/v1/cases", { params: { query: { classification, limit: most, names: false } } }))),
  });

/** Open cases of one illness twice, for whoever sees the list of cases. */
export const twinFigureQuery = queryOptions({
  queryKey: ["cases", "figure", "twin"],
  queryFn: async () => figure(await ask(api.GET("/api/v1/cases", { params: { query: { twin: true, limit: most, names: false } } }))),
});

export const releaseFigureQuery = (state: Release["state"]) =>
  queryOptions({
    queryKey: ["releases", "figure", state],
    queryFn: async () => figure(await ask(api.GET("/api/v1/releases", { params: { query: { state, limit: most } } }))),
  });

export interface Workload {
  open: Figure;
  acknowledged: Figure;
  overdue: Figure;
  /** What is to be done first. */
  first: Task[];
  /** All of it, as far as it was read, without names. */
  pending: Task[];
  /** There is more than was read. */
  more: boolean;
}

const shown = 6;

export const workloadQuery = queryOptions({
  queryKey: ["tasks", "list", "workload"],
  queryFn: async (): Promise<Workload> => {
    const load = (state: Task["state"]) => ask(api.GET("/api/v1/tasks", { params: { query: { state, limit: most, names: false } } }));
    const named = (state: Task["state"]) => ask(api.GET("/api/v1/tasks", { params: { query: { state, limit: shown } } }));
    const [open, acknowledged, ...first] = await Promise.all([load("open"), load("acknowledged"), named("open"), named("acknowledged")]);
    const pending = [...open.items, ...acknowledged.items];
    const late = pending.filter((task) => isOverdue(task, Date.now()));
    return {
      open: figure(open),
      acknowledged: figure(acknowledged),
      overdue: { count: late.length, more: open.next !== undefined || acknowledged.next !== undefined },
      pending,
      more: open.next !== undefined || acknowledged.next !== undefined,
      first: first.flatMap((page) => page.items).sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt) || b.risk - a.risk).slice(0, shown),
    };
  },
});

export const recentCasesQuery = queryOptions({
  queryKey: ["cases", "list", "recent"],
  queryFn: () => ask(api.GET("/api/v1/cases", { params: { query: { limit: shown } } })),
});

export const awaitingReleasesQuery = queryOptions({
  queryKey: ["releases", "list", "waiting"],
  queryFn: () => ask(api.GET("/api/v1/releases", { params: { query: { state: "awaiting", limit: shown } } })),
});
