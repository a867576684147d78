import { expect, test } from "vitest";

import { asText, fitted, shownText } from "./photo";

test("a photo is drawn as it is, or so that its longer side fits", () => {
  expect(fitted(800, 600)).toEqual({ width: 800, height: 600 });
  expect(fitted(4000, 3000)).toEqual({ width: 1280, height: 960 });
  expect(fitted(3000, 4000)).toEqual({ width: 960, height: 1280 });
  expect(fitted(20_000, 3)).toEqual({ width: 1280, height: 1 });
});

test("its bytes go as text that fits into an address, and stand in an image again", async () => {
  const bytes = new Uint8Array([0xff, 0xd8, 0xfb, 0xff, 0xbf, 0x00, 0xd9]);
  const text = await asText(new Blob([bytes]));
  expect(text).toBe("_9j7_78A2Q");
  expect(shownText(text)).toBe("data:image/jpeg;base64,/9j7/78A2Q");
  expect(await asText(new Blob([new Uint8Array(100_000)]))).toMatch(/^A{133334}$/);
});
