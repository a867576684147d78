import { expect, test } from "vitest";

import { candidateFilter, caseFileFilter, caseFilter, caseSortsOf, comingFileFilter, comingFilter, contactFileFilter, contactFilter, contactSorts, declarationFilter, differenceFilter, diseaseFileFilter, dueFilter, errandFilter, followUpFileFilter, followUpFilter, followUpSearch, helperFilter, laboratoryFilter, laboratorySearch, lineListSorting, logFilter, needFileFilter, needFilter, orderFileFilter, orderFilter, outbreakCaseSorting, outbreakFileFilter, outbreakFilter, placeFilter, positiveFileFilter, referralFileFilter, referralFilter, searchFilter, sessionFileFilter, siteFilter, taskFileFilter, taskFilter, tubeFileFilter, tubeFilter, wantedOf } from "./filters";
import { sortedBy } from "./sorting";

test("only known choices pass", () => {
  expect(caseFilter({ classification: "confirmed", unit: "9k2" })).toEqual({ classification: "confirmed", unit: "9k2" });
  expect(caseFilter({ classification: "'; DROP", status: "" })).toEqual({});
  expect(caseFilter({ awaiting: true })).toEqual({ awaiting: true });
  expect(caseFilter({ awaiting: "yes" })).toEqual({});
  expect(taskFilter({ state: "open", kind: "fax", mine: "yes" })).toEqual({ state: "open" });
  expect(orderFilter({ view: "running", disease: "measles", kind: "isolation", place: "home" })).toEqual({ view: "running", disease: "measles", kind: "isolation", place: "home" });
  expect(searchFilter({ state: "lapsed", unit: "9k2" })).toEqual({ state: "lapsed", unit: "9k2" });
  expect(searchFilter({ sort: "due", order: "descending" })).toEqual({ sort: "due", order: "descending" });
  expect(searchFilter({ state: "lost", person: "9k2" })).toEqual({});
  expect(orderFilter({ view: "all", kind: "arrest", place: "prison" })).toEqual({});
  expect(taskFilter({ disease: "measles", level: 2 })).toEqual({ disease: "measles", level: "2" });
});

test("orders are sorted by what their view has", () => {
  expect(orderFilter({ sort: "waiting", order: "descending" })).toEqual({ sort: "waiting", order: "descending" });
  expect(orderFilter({ view: "running", sort: "waiting" })).toEqual({ view: "running" });
  expect(orderFilter({ view: "tomorrow", sort: "signed" })).toEqual({ view: "tomorrow", sort: "signed" });
  expect(orderFilter({ view: "ended", sort: "signed", order: "ascending" })).toEqual({ view: "ended" });
  expect(orderFileFilter({ view: "overdue", unit: "9k2", q: "LTQ-1", kind: "isolation", sort: "lastDay" })).toEqual({ view: "overdue", kind: "isolation" });
});

test("sites are filtered and sorted by what there is", () => {
  const all = { q: "trung đoàn", kind: "site", owner: "military", free: true, sort: "leaving", order: "ascending" };
  expect(siteFilter(all)).toEqual(all);
  expect(siteFilter({ kind: "home", owner: "nobody", free: "yes", sort: "unit", order: "ascending" })).toEqual({});
});

test("the laboratory's lists are filtered and sorted by what there is", () => {
  const all = { disease: "covid-19", method: "antigen", age: "late", from: "2026-02-01", to: "2026-02-02", again: "descending", opened: "ascending", overturned: "descending", sort: "sampled", order: "descending" };
  expect(laboratoryFilter(all)).toEqual(all);
  expect(laboratoryFilter({ disease: "Lê Thị Ốm", method: "smell", age: true, from: "soon", again: "up", opened: 1, overturned: "since", sort: "name", order: "ascending" })).toEqual({});
  expect(positiveFileFilter(laboratoryFilter(all))).toEqual({ disease: "covid-19", method: "antigen", late: true });
  expect(positiveFileFilter({ age: "recent", sort: "result" })).toEqual({ late: false });
  expect(positiveFileFilter({})).toEqual({});
  expect(sessionFileFilter(laboratoryFilter(all))).toEqual({ disease: "covid-19", from: "2026-02-01", to: "2026-02-02" });
  expect(diseaseFileFilter(laboratoryFilter(all))).toEqual({ disease: "covid-19" });
});

test("a file of needs has what their list is filtered by, but whose they are", () => {
  expect(needFileFilter(needFilter({ unit: "9k2", kind: "food", state: "open", order: "descending" }))).toEqual({ kind: "food", state: "open" });
});

test("referrals are filtered and sorted by what there is", () => {
  const all = { state: "open", yours: true, unit: "9k2", source: "passage", sort: "arrival", order: "descending" };
  expect(referralFilter(all)).toEqual(all);
  expect(referralFileFilter({ state: "open", yours: true, unit: "9", sort: "due", order: "descending" })).toEqual({ state: "open", yours: true });
  expect(referralFilter({ source: "gossip", sort: "name", order: "ascending", escalated: "yes" })).toEqual({});
});

test("follow-ups are filtered and sorted by what there is", () => {
  const all = { escalated: true, mine: true, unit: "9k2", disease: "covid-19", class: "F2", sort: "lastDay", order: "descending" };
  expect(followUpFilter(all)).toEqual(all);
  expect(followUpFilter({ class: "none", sort: "name", disease: "Lê Thị Ốm" })).toEqual({});
  expect(followUpSearch({ ...all, arriving: "descending" })).toEqual({ ...all, arriving: "descending" });
  expect(followUpSearch({ arriving: "soon" })).toEqual({});
  expect(followUpFileFilter(followUpFilter(all))).toEqual({ escalated: true, disease: "covid-19", class: "F2" });
});

test("tasks are filtered and sorted by what there is", () => {
  const all = { state: "open", kind: "call", unit: "9k2", mine: true, team: "7m4", nobodys: true, late: true, disease: "covid-19", level: "2", overdue: true, sort: "waiting", order: "descending" };
  expect(taskFilter(all)).toEqual(all);
  expect(taskFilter({ ...all, arriving: "descending" })).toEqual({ ...all, arriving: "descending" });
  expect(taskFilter({ arriving: "soon" })).toEqual({});
  expect(taskFilter({ sort: "name", order: "descending", disease: "Lê Thị Ốm" })).toEqual({});
  expect(taskFileFilter(taskFilter(all))).toEqual({ state: "open", kind: "call", nobodys: true, late: true, overdue: true, disease: "covid-19", level: 2 });
  expect(taskFileFilter({ sort: "due" })).toEqual({});
});

test("contacts are filtered and sorted by what there is", () => {
  const all = { level: "1", status: "assigned", unit: "9k2", disease: "covid-19", class: "F1", followUp: "open", sort: "risk", order: "ascending" };
  expect(contactFilter(all)).toEqual(all);
  expect(contactFilter({ level: 1 })).toEqual({ level: "1" });
  expect(contactFilter({ level: "9", class: "F7", followUp: "joined", disease: "Lê Thị Ốm", sort: "name", q: "Lan" })).toEqual({});
  expect(contactFileFilter(contactFilter(all))).toEqual({ status: "assigned", disease: "covid-19", class: "F1", followUp: "open", level: 1 });
  expect(contactFileFilter({ sort: "decision" })).toEqual({});
  expect(sortedBy({}, contactSorts)).toEqual({ sort: "exposure", order: "descending" });
});

test("cases are filtered and sorted by what there is", () => {
  const all = { disease: "covid-19", outcome: "died", onsetFrom: "2026-02-01", reportedTo: "2026-03-01", outbreak: "0dkq2m4z8x1y3", sourceUnknown: true, twin: true, overdue: true, sort: "deadline", order: "descending" };
  expect(caseFilter(all)).toEqual(all);
  expect(caseFilter({ disease: "Lê Thị Ốm", outcome: "well", onsetFrom: "soon", outbreak: "chợ Đông", sourceUnknown: 1, twin: "yes", sort: "name", order: "ascending" })).toEqual({});
  expect(caseFileFilter({ q: "COV-1", twin: true, unit: "9k2", disease: "measles", sort: "onset", order: "ascending" })).toEqual({ disease: "measles" });
});

test("what awaits its notification begins with the most overdue", () => {
  expect(sortedBy({}, caseSortsOf({}))).toEqual({ sort: "report", order: "descending" });
  expect(sortedBy({}, caseSortsOf({ overdue: true }))).toEqual({ sort: "deadline", order: "ascending" });
});

test("a name or phone never gets into an address", () => {
  expect(caseFilter({ q: "Trần Thị Lành" })).toEqual({});
  expect(caseFilter({ q: "Lan" })).toEqual({});
  expect(caseFilter({ q: "0912345678" })).toEqual({});
  expect(caseFilter({ q: "cov-260821" })).toEqual({ q: "COV-260821" });
  expect(orderFilter({ q: "Trần Thị Lành" })).toEqual({});
  expect(orderFilter({ q: "0912345678" })).toEqual({});
  expect(orderFilter({ q: " ltq-7gk2-m0qx" })).toEqual({ q: "LTQ-7GK2-M0QX" });
});

test("of whom a sample is wanted is said by a case or a follow-up alone", () => {
  expect(wantedOf({ case: "9k2", followed: "", disease: "covid-19", name: "Lành" })).toEqual({ case: "9k2" });
  expect(wantedOf({ followed: "8j1" })).toEqual({ followed: "8j1" });
  expect(laboratorySearch({ case: "9k2", disease: "covid-19", name: "Lành" })).toEqual({ case: "9k2", disease: "covid-19" });
});

test("the list of declarations is turned round, and nothing else", () => {
  expect(declarationFilter({ colour: "red", order: "ascending", sort: "received" })).toEqual({ colour: "red", order: "ascending" });
  expect(declarationFilter({ colour: "green", order: "up" })).toEqual({});
});

test("ids that look like numbers stay ids", () => {
  expect(placeFilter({ unit: 91 })).toEqual({ unit: "91" });
});

test("places are filtered by kind and status, and turned round", () => {
  const all = { q: "cơm", kind: "market", status: "approved", order: "ascending" };
  expect(placeFilter(all)).toEqual(all);
  expect(placeFilter({ kind: "Chợ Diên Sanh", status: "open", order: "up" })).toEqual({});
});

test("levels are 1 to 4", () => {
  expect(candidateFilter({ level: 2, status: "open" })).toEqual({ level: "2", status: "open" });
  expect(candidateFilter({ level: 0 })).toEqual({});
  expect(candidateFilter({ level: "x" })).toEqual({});
});

test("each list keeps what it can be sorted by, and nothing that another can", () => {
  expect(candidateFilter({ sort: "exposure", order: "ascending" })).toEqual({ sort: "exposure", order: "ascending" });
  expect(candidateFilter({ sort: "decision", order: "ascending" })).toEqual({});
  expect(contactFilter({ sort: "decision" })).toEqual({ sort: "decision" });
  expect(contactFilter({ sort: "level" })).toEqual({});
  expect(lineListSorting({ sort: "sent", order: "ascending" })).toEqual({ sort: "sent", order: "ascending" });
  expect(outbreakCaseSorting({ sort: "classification", order: "sideways", level: 2 })).toEqual({ sort: "classification" });
});

test("days of the access log are whole local days", () => {
  expect(logFilter({ from: "2026-11-01", to: "soon" })).toEqual({ from: "2026-11-01" });
});

test("an outbreak's name in the disease is dropped, and a file knows no order", () => {
  const all = { status: "open", disease: "measles", unit: "0dkq2m4z8x1y3", sort: "lastDay", order: "ascending" };
  expect(outbreakFilter(all)).toEqual(all);
  expect(outbreakFilter({ disease: "Đám cưới thôn Đông", sort: "name", order: "ascending" })).toEqual({});
  expect(outbreakFileFilter(outbreakFilter(all))).toEqual({ status: "open", disease: "measles" });
});

test("tubes are filtered by what is no person's, and a file knows no order", () => {
  const all = { disease: "measles", state: "waiting", method: "pcr", from: "2026-02-01", to: "2026-02-03", sort: "result", order: "ascending" };
  expect(tubeFilter(all)).toEqual(all);
  expect(tubeFilter({ state: "lost", method: "smell", from: "soon", sort: "name", tube: "T-1" })).toEqual({});
  const { sort, order, ...asked } = all;
  expect(tubeFileFilter(tubeFilter(all))).toEqual(asked);
});

test("a tracer's list is filtered by what is told to tracers", () => {
  expect(errandFilter({ state: "open", unit: "9k2" })).toEqual({ state: "open", unit: "9k2" });
  expect(errandFilter({ state: "withdrawn", name: "Lê Văn Vắng" })).toEqual({});
});

test("differences are filtered by state and unit, and turned round", () => {
  expect(differenceFilter({ state: "asked", unit: "9k2", order: "ascending" })).toEqual({ state: "asked", unit: "9k2", order: "ascending" });
  expect(differenceFilter({ state: "lied", order: "up", person: "Lê Thị Ốm" })).toEqual({});
});

test("who comes is filtered and turned round; a file has the filters alone", () => {
  const all = { unit: "9k2", outcome: "quarantine", state: "waiting", order: "ascending" };
  expect(comingFilter(all)).toEqual(all);
  expect(comingFilter({ outcome: "beaten", order: "name" })).toEqual({});
  expect(comingFileFilter(comingFilter(all))).toEqual({ outcome: "quarantine", state: "waiting" });
});

test("what is to be seen again is filtered and turned round", () => {
  const all = { unit: "9k2", outcome: "noPoster", order: "descending" };
  expect(dueFilter(all)).toEqual(all);
  expect(dueFilter({ outcome: "fine", order: "soon" })).toEqual({});
});

test("helpers are filtered by unit and organisation, and turned round", () => {
  const all = { unit: "9k2", organisation: "women", order: "ascending" };
  expect(helperFilter(all)).toEqual(all);
  expect(helperFilter({ organisation: "choir", name: "Lê Thị Đoàn" })).toEqual({});
});
