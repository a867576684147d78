import { expect, test } from "vitest";

import { byAir } from "./transmission";

test("what goes through the air is known by the disease's file", () => {
  expect(byAir({ transmission: ["contact", "droplet"] })).toBe(true);
  expect(byAir({ transmission: ["aerosol"] })).toBe(true);
  expect(byAir({ transmission: ["faecalOral"] })).toBe(false);
  expect(byAir({ transmission: [] })).toBe(true);
  expect(byAir(undefined)).toBe(true);
});
