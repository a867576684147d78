import { ifMatch } from "@luytre/shared/api";
import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import type { Sorting, SortOrder } from "../logic/sorting";
import type { FileFormat } from "../parts/TakeOut";
import { api, ask } from "./client";
import { usePages } from "./pages";
import type { Hand } from "./staff";
import type { Outcome, Task } from "./types";

/** By the deadline, or since when it was opened or given. */
export type TaskSort = "due" | "waiting";

export interface TaskFilter extends Sorting<TaskSort> {
  unit?: string;
  state?: Task["state"];
  kind?: Task["kind"];
  mine?: boolean;
  team?: string;
  /** Neither an officer's nor a team's. */
  nobodys?: boolean;
  /** Nobody took it in time, or it is overdue; for a province only what the centre left, too. */
  late?: boolean;
  /** Past its time and not ended. */
  overdue?: boolean;
  disease?: string;
  level?: "1" | "2" | "3" | "4";
}

export const useTasks = (filter: TaskFilter) =>
  usePages(["tasks", "list", filter], (cursor) => ask(api.GET("/api/v1/tasks", { params: { query: { ...filter, cursor } } })));

export type TaskFileFilter = Pick<TaskFilter, "state" | "kind" | "nobodys" | "late" | "overdue" | "disease"> & { level?: number };

/** Of the unit's work lists; everybody in the file is logged with the reason. */
export const takeOutTasks = async (unit: string, format: "csv" | "xlsx", reason: string, filter: TaskFileFilter) =>
  save(await ask(api.POST("/api/v1/units/{id}/task-file", { params: { path: { id: unit } }, body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-tasks-${unit}.${format}`);

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

/** What units of the own area are to take, the oldest first unless turned round. */
export const useArrivingTasks = (filter: { unit?: string; order?: SortOrder }) =>
  usePages(["tasks", "list", "arriving", filter], (cursor) => ask(api.GET("/api/v1/task-transfers", { params: { query: { ...filter, cursor } } })));

/** What a unit is to take; everybody in the file is logged with the reason. */
export const takeOutArrivingTasks = async (unit: string, format: FileFormat, reason: string) =>
  save(
    await ask(api.POST("/api/v1/units/{id}/task-transfer-file", { params: { path: { id: unit } }, body: { reason, format }, parseAs: "blob" })),
    `luytre-task-transfers-${unit}.${format}`,
  );

export const takeOverTask = (id: string) => ask(api.POST("/api/v1/tasks/{id}/take-over", { params: { path: { id } } }));

/** What waits to be taken elsewhere stays here. */
export const keepTask = (id: string) => ask(api.POST("/api/v1/tasks/{id}/keep", { params: { path: { id } } }));

export const recordOutcome = (id: string, version: number, body: { outcome: Outcome; note?: string; unit?: string }) =>
  ask(api.POST("/api/v1/tasks/{id}/outcome", { params: { path: { id }, header: ifMatch(version) }, body }));
