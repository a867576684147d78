// Order and marking of the work list.
import type { Task } from "../api/types";

export function isOverdue(task: Pick<Task, "dueAt" | "state">, now: number): boolean {
  return (task.state === "open" || task.state === "acknowledged") && Date.parse(task.dueAt) < now;
}

/** Reached or refused, and no class chosen: what is left is the class, and the task stays until then. */
export function spokenNotClassified(task: Pick<Task, "kind" | "state" | "outcome" | "unclassified">): boolean {
  const running = task.state === "open" || task.state === "acknowledged";
  return running && task.kind === "assess" && task.unclassified && (task.outcome === "reached" || task.outcome === "refused");
}

export type Due = "overdue" | "today" | "later" | "closed";

export const dueGroups: readonly Due[] = ["overdue", "today", "later", "closed"];

/** Where a task stands on the list: what is late first, then what falls due within a day's work. */
export function dueGroup(task: Pick<Task, "dueAt" | "state">, now: number): Due {
  if (task.state === "done" || task.state === "withdrawn") return "closed";
  if (isOverdue(task, now)) return "overdue";
  return localDay(Date.parse(task.dueAt)) === localDay(now) ? "today" : "later";
}

const localDay = (at: number) => Math.floor((at + 7 * 3_600_000) / 86_400_000);

export interface TaskGroup<T> {
  due: Due;
  tasks: T[];
}

/** Tasks by urgency; inside a group the riskier first, then the longer waiting. */
export function groupTasks<T extends Pick<Task, "dueAt" | "state" | "risk">>(tasks: readonly T[], now: number): TaskGroup<T>[] {
  return dueGroups
    .map((due) => ({
      due,
      tasks: tasks
        .filter((task) => dueGroup(task, now) === due)
        .sort((a, b) => b.risk - a.risk || Date.parse(a.dueAt) - Date.parse(b.dueAt)),
    }))
    .filter((group) => group.tasks.length > 0);
}
