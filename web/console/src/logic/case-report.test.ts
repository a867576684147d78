import { expect, test } from "vitest";

import { casesOf, reportDays } from "./case-report";
import { caseReportFilter } from "./filters";

const none = { suspect: 0, probable: 0, confirmed: 0, discarded: 0 };

test("days without a case are part of the curve, over the end of a month", () => {
  const ill = { day: "2025-07-01", counts: { ...none, confirmed: 2 } };
  expect(reportDays({ from: "2025-06-29", to: "2025-07-02", days: [ill] })).toEqual([
    { day: "2025-06-29", counts: none },
    { day: "2025-06-30", counts: none },
    ill,
    { day: "2025-07-02", counts: none },
  ]);
});

test("who was discarded is no case", () => {
  expect(casesOf({ suspect: 1, probable: 2, confirmed: 3, discarded: 10 })).toBe(6);
});

test("what is asked lives in the address; anything else is left out", () => {
  const asked = { unit: "ABC", from: "2025-06-15", to: "2025-07-15", counted: "report", view: "then", level: "district", disease: "measles", knownAt: "2025-07-02T03:00:00Z" };
  expect(caseReportFilter(asked)).toEqual(asked);
  expect(caseReportFilter({ counted: "onset", view: "now", level: "commune", knownAt: "yesterday", from: "June" })).toEqual({});
});
