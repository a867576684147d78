import { expect, test } from "vitest";

import { ApiError, ask, createApi, Unreachable } from ".";

const answering = (answer: () => Promise<Response>) =>
  ask(createApi({ language: () => "vi", fetch: answer }).GET("/api/v1/place-kinds"));
const json = (body: string, status = 200) =>
  Promise.resolve(new Response(body, { status, headers: { "Content-Type": "application/json" } }));

test("an answer, and a no", async () => {
  expect(await answering(() => json('{"items":[]}'))).toEqual({ items: [] });
  await expect(answering(() => json('{"status":422,"code":"format","title":"Sai"}', 422))).rejects.toBeInstanceOf(ApiError);
});

test("no answer, half of one, and the sign-in page of somebody's network are no answer", async () => {
  const half = () => {
    const body = new ReadableStream({
      start(stream) {
        stream.enqueue(new TextEncoder().encode('{"items":['));
        stream.error(new TypeError("network error"));
      },
    });
    return Promise.resolve(new Response(body, { headers: { "Content-Type": "application/json" } }));
  };
  await expect(answering(() => Promise.reject(new TypeError("fetch failed")))).rejects.toBeInstanceOf(Unreachable);
  await expect(answering(half)).rejects.toBeInstanceOf(Unreachable);
  await expect(answering(() => json("<!doctype html>"))).rejects.toBeInstanceOf(Unreachable);
});
