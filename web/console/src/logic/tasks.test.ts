import { expect, test } from "vitest";

import { dueGroup, groupTasks, isOverdue, spokenNotClassified } from "./tasks";

const now = Date.parse("2026-11-21T08:00:00+07:00");
const task = (dueAt: string, risk = 100, state: "open" | "done" = "open") => ({ dueAt, risk, state });

test("only work that is still to be done can be late", () => {
  expect(isOverdue(task("2026-11-21T07:59:00+07:00"), now)).toBe(true);
  expect(isOverdue(task("2026-11-21T07:59:00+07:00", 1, "done"), now)).toBe(false);
});

test("who was spoken with and has no class still is to be classified", () => {
  const untried = { kind: "assess", state: "acknowledged", unclassified: true } as const;
  const asked = { ...untried, outcome: "reached" } as const;
  expect(spokenNotClassified(asked)).toBe(true);
  expect(spokenNotClassified({ ...asked, outcome: "refused" })).toBe(true);
  expect(spokenNotClassified({ ...asked, outcome: "noAnswer" })).toBe(false);
  expect(spokenNotClassified(untried)).toBe(false);
  expect(spokenNotClassified({ ...asked, unclassified: false })).toBe(false);
  expect(spokenNotClassified({ ...asked, state: "withdrawn" })).toBe(false);
  expect(spokenNotClassified({ ...asked, kind: "call" })).toBe(false);
});

test("today is the Vietnamese day", () => {
  expect(dueGroup(task("2026-11-21T23:59:00+07:00"), now)).toBe("today");
  expect(dueGroup(task("2026-11-22T00:00:00+07:00"), now)).toBe("later");
});

test("groups come by urgency, riskier first inside", () => {
  const list = [
    task("2026-11-22T09:00:00+07:00"),
    task("2026-11-21T10:00:00+07:00", 200),
    task("2026-11-21T09:00:00+07:00", 900),
    task("2026-11-20T09:00:00+07:00"),
  ];
  expect(groupTasks(list, now).map((group) => [group.due, group.tasks.map((one) => one.risk)])).toEqual([
    ["overdue", [100]],
    ["today", [900, 200]],
    ["later", [100]],
  ]);
});
