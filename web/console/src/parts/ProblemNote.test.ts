import { ApiError, Unreachable } from "@luytre/shared/api";
import { expect, test } from "vitest";

import { barring } from "./ProblemNote";

const said = (status: number) => new ApiError({ status, code: "x", title: "x" });

test("a line that breaks, or a fault, takes no page away that stands; a no does", () => {
  const data = { name: "as it was" };
  expect(barring({ data, error: null })).toBe(false);
  for (const passing of [new Unreachable(), said(503), said(429)]) expect(barring({ data, error: passing })).toBe(false);
  for (const no of [said(403), said(404)]) expect(barring({ data, error: no })).toBe(true);
  expect(barring({ data: undefined, error: new Unreachable() })).toBe(true);
  expect(barring({ data: undefined, error: null }), "it is still being asked for").toBe(false);
});
