import { expect, test, vi } from "vitest";

// Pages listen to the window, which there is none of here.
vi.stubGlobal("addEventListener", () => undefined);

test("the routes make one tree, and no two pages have one address", { timeout: 60_000 }, async () => {
  const { router } = await import("./router");
  const pages = Object.values(router.routesById).filter(({ children }) => !children);
  const addresses = pages.map(({ fullPath }) => fullPath.replace(/\$\w+/g, "$"));
  expect(addresses).toContain("/cases/$/graph");
  expect(addresses.filter((one, at) => addresses.indexOf(one) !== at)).toEqual([]);
});
