import { expect, test } from "vitest";

import { confirmingMethods, inForce, lawOn, noticeState } from "./notification";

const now = Date.parse("2026-11-22T08:00:00+07:00");
const groups = [
  { group: "A", from: "2020-01-29", to: "2023-10-20", source: "s" },
  { group: "B", from: "2023-10-20", source: "s" },
];

test("an entry holds from its first day until before its last", () => {
  expect(inForce(groups, "2020-01-28")).toBeUndefined();
  expect(inForce(groups, "2023-10-19")?.group).toBe("A");
  expect(inForce(groups, "2023-10-20")?.group).toBe("B");
});

test("what has been told is never late, and what was no case awaits nothing", () => {
  const due = "2026-11-22T07:59:00+07:00";
  expect(noticeState({ classification: "confirmed", notifyBy: due }, now)).toBe("overdue");
  expect(noticeState({ classification: "confirmed", notifyBy: "2026-11-22T08:01:00+07:00" }, now)).toBe("awaiting");
  expect(noticeState({ classification: "confirmed", notifyBy: due, notifiedAt: "2026-11-22T07:59:30+07:00" }, now)).toBe("told");
  expect(noticeState({ classification: "discarded", notifyBy: due }, now)).toBe("none");
  expect(noticeState({ classification: "confirmed" }, now)).toBe("none");
});

test("the law is that of the day, and says nothing where the file says nothing", () => {
  const disease = { legalGroups: groups, notification: [{ hours: 24, from: "2020-01-29", to: "2023-10-20", source: "54/2015" }] };
  expect(lawOn(disease, "2021-08-01")).toEqual({ group: "A", hours: 24, source: "54/2015" });
  expect(lawOn(disease, "2024-01-01")).toEqual({ group: "B" });
  expect(lawOn(disease, "2019-01-01")).toEqual({});
});

test("only confirming methods are offered, and the one that stands", () => {
  const tests = [
    { method: "culture", confirms: true },
    { method: "antigen", confirms: false },
  ];
  expect(confirmingMethods(tests, undefined)).toEqual(["culture"]);
  expect(confirmingMethods(tests, "antigen")).toEqual(["culture", "antigen"]);
  expect(confirmingMethods(undefined, undefined)).toEqual([]);
});
