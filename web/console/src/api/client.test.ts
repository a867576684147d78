import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";

import { newest } from "./client";

it("does not show a reading that is older than what an edit answered", async () => {
  const client = new QueryClient();
  const queryKey = ["cases", "one", "7"];
  let answer: (row: { version: number }) => void = () => undefined;
  const late = client.fetchQuery({ queryKey, queryFn: () => new Promise<{ version: number }>((resolve) => (answer = resolve)), ...newest });
  await Promise.resolve();
  client.setQueryData(queryKey, { version: 3 });
  answer({ version: 2 });
  await late;
  expect(client.getQueryData(queryKey)).toEqual({ version: 3 });
  await client.fetchQuery({ queryKey, queryFn: () => ({ version: 4 }), ...newest });
  expect(client.getQueryData(queryKey)).toEqual({ version: 4 });
});
