import { afterEach, expect, test, vi } from "vitest";

import { accepted, setLanguage } from ".";

afterEach(() => vi.unstubAllGlobals());

test("the last choice counts, although an earlier one arrives after it", async () => {
  const documentElement = { lang: "", dir: "" };
  vi.stubGlobal("document", { documentElement });
  await setLanguage("vi");
  const earlier = setLanguage("lo"); // still to be loaded
  await setLanguage("vi");
  await earlier;
  expect(accepted()).toBe("vi");
  expect(documentElement.lang).toBe("vi");
});
