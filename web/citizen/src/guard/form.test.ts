import "fake-indexeddb/auto";
import { ApiError, Unreachable } from "@luytre/shared/api";
import { expect, test, vi } from "vitest";

const get = vi.hoisted(() => vi.fn());
vi.mock("../app/api", () => ({ acrossTabs: () => ({}), api: { GET: get }, send: () => Promise.reject(new Error("nothing waits")) }));
vi.stubGlobal("addEventListener", () => undefined);

const { formOf, readForm } = await import("./form");
const { keepDuty } = await import("./shift");

const duty = { shift: { shift: "s", ends: "2099-01-01T00:00:00Z" }, desk: { gates: [] }, admitted: 0 };
const answered = (version: string) => get.mockResolvedValueOnce({ data: { version }, response: new Response() });

test("without a network the form is the last one that this shift has read", async () => {
  get.mockRejectedValueOnce(new Unreachable());
  await expect(readForm("place-entry")).rejects.toBeInstanceOf(Unreachable);
  answered("1");
  await readForm("place-entry");
  expect(await formOf("place-entry"), "nobody is on duty").toBeUndefined();
  await keepDuty(duty as unknown as Parameters<typeof keepDuty>[0]);
  for (const version of ["1", "2"]) {
    answered(version);
    expect(await readForm("place-entry")).toEqual({ version });
  }
  get.mockRejectedValueOnce(new Unreachable());
  expect(await readForm("place-entry")).toEqual({ version: "2" });
  get.mockResolvedValueOnce({ error: {}, response: new Response(null, { status: 404 }) });
  await expect(readForm("place-entry"), "a refusal is no missing network").rejects.toBeInstanceOf(ApiError);
});
