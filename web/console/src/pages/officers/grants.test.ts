import { expect, test } from "vitest";

import type { NewGrant } from "../../api/types";
import { draftsOf, grantsOf, wholeCountry } from "./grants";

test("grants go to and fro unchanged", () => {
  const grants: NewGrant[] = [
    { role: "stationOfficer", area: "9k2" },
    { role: "auditor", area: wholeCountry },
  ];
  expect(grantsOf(draftsOf(grants))).toEqual(grants);
});

test("an unfinished line, or none at all, is not sent", () => {
  expect(grantsOf([])).toBeUndefined();
  expect(grantsOf([{ key: 1, role: "auditor" }])).toBeUndefined();
  expect(grantsOf([{ key: 1, role: "auditor", area: "1" }, { key: 2 }])).toBeUndefined();
});
