import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { curve, noted, type Noted } from "./diary";
import type { Questionnaire } from "@luytre/shared/filling";

const file = new URL("../../../../data/forms/home-isolation-2021-07-12.json", import.meta.url);
const isolation = JSON.parse(readFileSync(file, "utf8")) as Questionnaire;
const answer = (linkId: string, value: object) => ({ linkId, answer: [value] });

describe("what a declaration adds", () => {
  const response = (...items: object[]) => ({
    id: "d1",
    at: "2026-11-21T02:00:00Z",
    result: { colour: "yellow" as const },
    response: { resourceType: "QuestionnaireResponse", status: "completed", item: [{ linkId: "now", item: items }] },
  });

  test("is the temperature and the symptoms that were there, in the language asked for", () => {
    const said = response(
      answer("temperature", { valueQuantity: { value: 38.4, code: "Cel" } }),
      answer("fever", { valueBoolean: true }),
      answer("cough", { valueBoolean: false }),
      answer("at-place", { valueBoolean: true }),
    );
    expect(noted(isolation, said, "en")).toEqual({
      id: "d1",
      at: "2026-11-21T02:00:00Z",
      colour: "yellow",
      temperature: 38.4,
      symptoms: ["Fever"],
    });
    expect(noted(isolation, said, "vi")?.symptoms).toEqual(["Sốt"]);
  });

  test("is nothing for a form that marks nothing, or without answers", () => {
    const plain: Questionnaire = { resourceType: "Questionnaire", item: [{ linkId: "fever", type: "boolean" }] };
    expect(noted(plain, response(answer("fever", { valueBoolean: true })), "vi")).toBeUndefined();
    expect(noted(isolation, { ...response(), response: undefined }, "vi")).toBeUndefined();
  });
});

describe("the curve", () => {
  const note = (at: string, temperature?: number): Noted => ({
    id: at,
    at,
    colour: "green",
    symptoms: [],
    ...(temperature === undefined ? {} : { temperature }),
  });

  test("begins and ends at local midnights, hotter is higher, newest given first or not", () => {
    const { points, days, degrees } = curve(
      [note("2026-11-22T05:00:00Z", 41), note("2026-11-20T17:00:00Z", 35)], // 00:00 on the 21st, 12:00 on the 22nd
      200,
      60,
    );
    expect(points.map(({ x, y }) => [x, y])).toEqual([
      [0, 60],
      [150, 0],
    ]);
    expect(days.map(({ x, at }) => [x, new Date(at).toISOString()])).toEqual([
      [0, "2026-11-20T17:00:00.000Z"],
      [100, "2026-11-21T17:00:00.000Z"],
    ]);
    expect(degrees[0]).toEqual({ y: 60, degree: 35 });
  });

  test("breaks where two days have no temperature, and stays inside for what lies outside", () => {
    const { lines, points } = curve(
      [
        note("2026-11-01T01:00:00Z", 30),
        note("2026-11-02T01:00:00Z", 37),
        note("2026-11-03T01:00:00Z"),
        note("2026-11-05T01:00:00Z", 43),
      ],
      100,
      60,
    );
    expect(lines.map((line) => line.length)).toEqual([2, 1]);
    expect([points[0]!.y, points.at(-1)!.y]).toEqual([60, 0]);
  });

  test("of nothing is empty", () => {
    expect(curve([], 100, 60).points).toEqual([]);
  });
});
