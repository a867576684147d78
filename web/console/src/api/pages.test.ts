import { expect, it } from "vitest";

import { everyPage } from "./pages";

it("reads a list to its end, each page by the cursor of the one before", async () => {
  const pages: Record<string, { items: number[]; next?: string }> = { "": { items: [1, 2], next: "b" }, b: { items: [], next: "c" }, c: { items: [3] } };
  const asked: (string | undefined)[] = [];
  const rows = await everyPage(async (cursor) => {
    asked.push(cursor);
    return pages[cursor ?? ""] ?? { items: [] };
  });
  expect(rows).toEqual([1, 2, 3]);
  expect(asked).toEqual([undefined, "b", "c"]);
});

it("shows no part of a list of which a page could not be read", async () => {
  const read = everyPage<number>((cursor) => (cursor ? Promise.reject(new Error("gone")) : Promise.resolve({ items: [1], next: "b" })));
  await expect(read).rejects.toThrow("gone");
});
