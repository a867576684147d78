import { expect, test } from "vitest";

import { fitted } from "./photo";

test("a photo is drawn as it is, or so that its longer side fits", () => {
  expect(fitted(800, 600)).toEqual({ width: 800, height: 600 });
  expect(fitted(4000, 3000)).toEqual({ width: 1280, height: 960 });
  expect(fitted(3000, 4000)).toEqual({ width: 960, height: 1280 });
  expect(fitted(20_000, 3)).toEqual({ width: 1280, height: 1 });
});
