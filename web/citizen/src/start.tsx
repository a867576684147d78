// The app itself, once its opening stands on the screen.

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { startTransition } from "react";
import { createRoot } from "react-dom/client";

import { firstOpening } from "@luytre/shared/first";

import { client, queue, watchNetwork } from "./app/api";
import { sessionQuery } from "./app/queries";
import { router } from "./app/router";
import { watchSession } from "./app/session";
import { startTexts } from "./i18n";

export async function start(): Promise<void> {
  void client.prefetchQuery(sessionQuery).then(() => {
    const session = client.getQueryData(sessionQuery.queryKey);
    if (session?.level === "full" && session.kind === "citizen") void queue.serve(session.account);
  });
  if (firstOpening) void import("./pages/SignIn"); // where that leads, without waiting for the router to find out
  watchNetwork();
  watchSession(router);
  await startTexts();
  const root = createRoot(document.getElementById("app")!);
  // In slices, so that a tap on a slow phone is not held up.
  startTransition(() =>
    root.render(
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>,
    ),
  );
}
