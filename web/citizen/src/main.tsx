import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/ui.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";

import { firstOpening } from "@luytre/shared/first";

import { client, queue, watchNetwork } from "./app/api";
import { sessionQuery } from "./app/queries";
import { router } from "./app/router";
import { watchSession } from "./app/session";
import { install } from "./offline/install";
import { startTexts } from "./i18n";
import { dress } from "./ui/fonts";

void client.prefetchQuery(sessionQuery).then(() => {
  const session = client.getQueryData(sessionQuery.queryKey);
  if (session?.level === "full" && session.kind === "citizen") void queue.serve(session.account);
});
if (firstOpening) void import("./pages/SignIn"); // where that leads, without waiting for the router to find out
watchNetwork();
watchSession(router);
dress();
await startTexts();

createRoot(document.getElementById("app")!).render(
  <QueryClientProvider client={client}>
    <RouterProvider router={router} />
  </QueryClientProvider>,
);

install();
