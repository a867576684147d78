import { ifMatch } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";
import { usePages } from "./pages";
import type { Hand } from "./staff";
import type { Outcome, Task } from "./types";

export interface TaskFilter {
  unit?: string;
  state?: Task["state"];
  kind?: Task["kind"];
  mine?: boolean;
  team?: string;
  /** Neither an officer's nor a team's. */
  nobodys?: boolean;
  /** Nobody took it in time, or it is overdue; for a province only what the centre left, too. */
  late?: boolean;
}

export const useTasks = (filter: TaskFilter) =>
  usePages(["tasks", "list", filter], (cursor) => ask(api.GET("/api/v1/tasks", { params: { query: { ...filter, cursor } } })));

/** With phone and address: each read is logged, so it is not repeated by itself. */
export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ["tasks", "one", id],
    queryFn: () => ask(api.GET("/api/v1/tasks/{id}", { params: { path: { id } } })),
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

export const acknowledgeTask = (id: string) => ask(api.POST("/api/v1/tasks/{id}/acknowledge", { params: { path: { id } } }));

/** The most that are taken at once. */
export const takenAtOnce = 100;

export const acknowledgeTasks = (tasks: string[]) => ask(api.POST("/api/v1/tasks/acknowledge", { body: { tasks } }));

/** To an officer, a team, or, with neither, taken back; each is judged by itself. */
export const giveTasks = (tasks: string[], to: Hand) => ask(api.POST("/api/v1/tasks/give", { body: { tasks, ...to } }));

/** What units of the own area are to take, the oldest first. */
export const useArrivingTasks = (unit: string | undefined) =>
  usePages(["tasks", "list", "arriving", unit], (cursor) => ask(api.GET("/api/v1/task-transfers", { params: { query: { unit, cursor } } })));

export const takeOverTask = (id: string) => ask(api.POST("/api/v1/tasks/{id}/take-over", { params: { path: { id } } }));

/** What waits to be taken elsewhere stays here. */
export const keepTask = (id: string) => ask(api.POST("/api/v1/tasks/{id}/keep", { params: { path: { id } } }));

export const recordOutcome = (id: string, version: number, body: { outcome: Outcome; note?: string; unit?: string }) =>
  ask(api.POST("/api/v1/tasks/{id}/outcome", { params: { path: { id }, header: ifMatch(version) }, body }));
