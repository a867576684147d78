import { expect, test } from "vitest";

import { countByTeam, countByUnit, handOf, putBack } from "./giving";

test("a choice is an officer, a team, or nobody", () => {
  expect(handOf("officer 12")).toEqual({ officer: "12" });
  expect(handOf("team 7")).toEqual({ team: "7" });
  expect(handOf("nobody")).toEqual({});
  expect(handOf("")).toEqual({});
});

test("what was given goes back to whoever had it, one call each", () => {
  const rows = [{ id: "1" }, { id: "2", assignee: { officer: "9" } }, { id: "3" }, { id: "4", assignee: { officer: "9", team: "7" } }];
  expect(putBack(rows)).toEqual([
    { to: {}, ids: ["1", "3"] },
    { to: { officer: "9" }, ids: ["2"] },
    { to: { officer: "9", team: "7" }, ids: ["4"] },
  ]);
});

test("work is counted by team and by unit", () => {
  const row = (unit: string, assignee?: { team?: string; teamName?: string }) => ({ unit, unitName: `Phường ${unit}`, assignee });
  const rows = [row("a"), row("b", { team: "7", teamName: "Tổ 2" }), row("b", { team: "6", teamName: "Tổ 1" }), row("b", {}), row("b")];
  expect(countByTeam(rows)).toEqual({ teams: [{ id: "6", name: "Tổ 1", count: 1 }, { id: "7", name: "Tổ 2", count: 1 }], officers: 1, nobodys: 2 });
  expect(countByUnit(rows)).toEqual([
    { id: "b", name: "Phường b", count: 4, nobodys: 1 },
    { id: "a", name: "Phường a", count: 1, nobodys: 1 },
  ]);
});
