import { expect, it } from "vitest";

import { Sight } from "./sight";

it("tells a code once, however long it is held up", () => {
  const sight = new Sight();
  expect(sight.tells("LT2.A", 0)).toBe(true);
  for (let now = 100; now < 60_000; now += 100) expect(sight.tells("LT2.A", now)).toBe(false);
  expect(sight.tells("LT2.B", 60_000)).toBe(true);
});

it("tells it once more when it was taken away, after a while", () => {
  const sight = new Sight();
  expect(sight.tells("LT2.A", 0)).toBe(true);
  for (const now of [100, 200, 300]) expect(sight.tells(undefined, now)).toBe(false);
  expect(sight.tells("LT2.A", 400)).toBe(false);
  expect(sight.tells("LT2.A", 8100)).toBe(true);
});

it("does not take a reading that failed for a code that was taken away", () => {
  const sight = new Sight();
  expect(sight.tells("LT2.A", 0)).toBe(true);
  for (let now = 100; now < 20_000; now += 300) {
    for (const later of [0, 100]) expect(sight.tells(undefined, now + later)).toBe(false);
    expect(sight.tells("LT2.A", now + 200)).toBe(false);
  }
});
