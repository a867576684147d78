import { expect, test } from "vitest";

import { groundOf, layoutOf } from "./milestone-map";

const at = (latitude: number, longitude: number) => ({ id: `${latitude} ${longitude}`, point: { latitude, longitude } });

test("north is up, east is right, and nothing leaves the paper", () => {
  const drawn = layoutOf([at(16.7, 107.2), at(16.8, 107.3)], 400, 300)!;
  const [first, second] = drawn.marks;
  expect(second!.x).toBeGreaterThan(first!.x);
  expect(second!.y).toBeLessThan(first!.y);
  for (const { x, y } of drawn.marks) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(400);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(300);
  }
});

test("both directions have the same scale", () => {
  const north = layoutOf([at(16.7, 107.2), at(16.71, 107.2)], 400, 400)!;
  const metres = 0.01 * 111_320;
  expect(north.marks[0]!.y - north.marks[1]!.y).toBeCloseTo((metres * north.scale.length) / north.scale.metres, -1);
});

test("at one place they share a mark, and keep their numbers when others lie nowhere", () => {
  const drawn = layoutOf([at(16.7, 107.2), { id: "words" }, at(16.7, 107.2)], 400, 300)!;
  expect(drawn.marks).toEqual([{ x: 200, y: 150, numbers: [1, 3] }]);
  expect(layoutOf([{ id: "words" }], 400, 300)).toBeUndefined();
});

test("outlines lie beneath as the milestones do, and what does not reach the paper is left out", () => {
  const drawn = layoutOf([at(16.7, 107.2), at(16.8, 107.3)], 400, 300)!;
  const square = (west: number, south: number) => [{ points: [west, south, west + 0.1, south, west + 0.1, south + 0.1, west, south + 0.1, west, south] }];
  const ground = groundOf(
    [
      { unit: "a", name: "Phường Đông Hà", rings: square(107.2, 16.7) },
      { unit: "b", name: "Xa", rings: square(108.9, 15.1) },
    ],
    drawn,
    400,
    300,
  );
  expect(ground.map(({ unit }) => unit)).toEqual(["a"]);
  const [first, second] = drawn.marks;
  expect(ground[0]!.path).toBe(`M${first!.x} ${first!.y}L${second!.x} ${first!.y}L${second!.x} ${second!.y}L${first!.x} ${second!.y}L${first!.x} ${first!.y}Z`);
  expect(ground[0]!.middle.x).toBeCloseTo((first!.x + second!.x) / 2, -1);
});
