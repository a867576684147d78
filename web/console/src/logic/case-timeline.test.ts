import { expect, test } from "vitest";

import { timelineOf } from "./case-timeline";

const file = { stays: [], sampleAt: "2026-03-02T02:00:00Z", onset: "2026-03-01" };
const milestone = { id: "m", where: "Quán nước", from: "2026-02-28T02:00:00Z", to: "2026-02-28T03:00:00Z", precision: "about" as const };
const nothing = { exposures: [], followUps: [] };

test("everything stands in the order it happened", () => {
  const all = timelineOf(
    { ...file, stays: [{ hospital: "Bệnh viện tỉnh", admittedOn: "2026-03-03" }] },
    [milestone],
    { exposures: [{ candidate: "c", caseNumber: "COV-1", exposedSince: "2026-02-20T02:00:00Z", lastExposure: "2026-02-21T02:00:00Z" }], followUps: [{ id: "f", firstDay: "2026-02-22", lastDay: "2026-03-01" }] },
  );
  expect(all.map(({ what }) => what)).toEqual(["exposure", "followUp", "milestone", "fact", "fact", "hospital"]);
  expect(all[3]).toMatchObject({ fact: "onset", at: "2026-02-28T17:00:00Z", day: true });
});

test("what was struck is not told, and what was told roughly says so", () => {
  expect(timelineOf(file, [{ ...milestone, struck: { at: "2026-03-01T00:00:00Z", by: "Hoa", reason: "Nhầm" } }], nothing).some(({ what }) => what === "milestone")).toBe(false);
  expect(timelineOf(file, [milestone], nothing)[0]).toMatchObject({ name: "Quán nước", approximate: true });
});
