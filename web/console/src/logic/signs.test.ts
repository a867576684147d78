import { expect, test } from "vitest";

import { signsOn, signText } from "./signs";

const sign = (id: string) => ({ id, text: { vi: `${id} vi`, en: `${id} en` } });
const disease = {
  signs: [
    { offered: [sign("fever"), sign("whoop")], from: "2020-01-01", to: "2025-01-01", source: "s" },
    { offered: [sign("fever"), sign("apnoea")], from: "2025-01-01", source: "s" },
  ],
};

test("signs are those of the day of the entry", () => {
  expect(signsOn(disease, "2024-12-31")?.map((one) => one.id)).toEqual(["fever", "whoop"]);
  expect(signsOn(disease, "2025-01-01")?.map((one) => one.id)).toEqual(["fever", "apnoea"]);
  expect(signsOn(disease, "2019-12-31")).toEqual([]);
  expect(signsOn(undefined, "2025-01-01")).toBeUndefined();
});

test("what was recorded has its name, offered or not any more", () => {
  expect(signText(disease, "2025-01-01", "whoop")?.en).toBe("whoop en");
  expect(signText(disease, "2025-01-01", "rash")).toBeUndefined();
  expect(signText(undefined, "2025-01-01", "fever")).toBeUndefined();
});
