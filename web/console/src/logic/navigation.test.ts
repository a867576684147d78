import { expect, test } from "vitest";

import { sections as doors } from "../app/sections";
import { mayOpen, navigation, officerRoles, phoneBar } from "./navigation";

const officer = (...roles: string[]) => ({ grants: roles.map((role) => ({ role, area: "1" })) });
const sections = (...roles: string[]) => navigation(officer(...roles)).flatMap((group) => group.sections);

test("a commune station sees its work, not releases nor administration", () => {
  expect(sections("stationOfficer")).toEqual(["overview", "decisions", "statistics", "broadcasts", "tasks", "referrals", "followUps", "searches", "declarations", "differences", "cases", "contacts", "outbreaks", "laboratory", "orders", "people", "places"]);
});

test("a province officer also approves releases", () => {
  expect(sections("provinceOfficer")).toContain("releases");
});

test("commander, auditor and administrator see no persons", () => {
  for (const role of ["commander", "auditor", "administrator"]) {
    for (const section of ["people", "cases", "contacts", "laboratory", "orders", "tasks", "referrals", "followUps", "declarations", "differences"] as const) expect(mayOpen(officer(role), section)).toBe(false);
  }
});

test("a tracer sees whom to find, and nothing else", () => {
  expect(sections("tracer")).toEqual(["errands"]);
  expect(phoneBar(officer("tracer"))).toEqual(["errands"]);
});

test("the department of information sees the letters it traces by, and nothing else", () => {
  expect(sections("informationOffice")).toEqual(["traceRequests"]);
  expect(phoneBar(officer("informationOffice"))).toEqual(["traceRequests"]);
  expect(mayOpen(officer("stationOfficer"), "traceRequests")).toBe(false);
});

test("who keeps quarantine sites sees those, and nothing else", () => {
  expect(sections("siteKeeper")).toEqual(["sites"]);
  expect(phoneBar(officer("siteKeeper"))).toEqual(["sites"]);
  expect(mayOpen(officer("siteKeeper"), "orders")).toBe(false);
  expect(mayOpen(officer("stationOfficer"), "sites")).toBe(false);
});

test("grants add up", () => {
  expect(sections("auditor", "administrator")).toEqual(["overview", "outages", "officers", "accessLog"]);
});

test("a role that is none of ours opens nothing", () => {
  expect(navigation(officer("citizen"))).toEqual([]);
});

test("the phone's bar begins with the work list and never holds more than four", () => {
  expect(phoneBar(officer("stationOfficer"))[0]).toBe("tasks");
  for (const role of officerRoles) expect(phoneBar(officer(role)).length).toBeLessThanOrEqual(4);
  expect(phoneBar(officer("auditor"))).toEqual(["overview", "accessLog"]);
});

test("no two sections have the same key", () => {
  const keys = Object.values(doors).map((one) => one.key);
  expect(new Set(keys).size).toBe(keys.length);
});
