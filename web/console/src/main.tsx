// First of all: it says in which order the layers count.
import "./theme/base.css";
import "virtual:theme.css";
import "@mantine/core/styles.layer.css";
import "@mantine/dates/styles.layer.css";
import "./theme/colours.css";
import "./theme/fonts.css";
import "dayjs/locale/vi";
import "@luytre/shared/first";

import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { queryClient } from "./api/query-client";
import { openRound } from "./api/rounds";
import { startTexts } from "./i18n";
import { KeyboardProvider } from "./parts/Shortcuts";
import { Toasts } from "./parts/Toasts";
import { router } from "./router";
import { theme } from "./theme/theme";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

void openRound(); // what was taken along and is over goes, whatever page this is
// The phone may have slept over the end of the shift, and another tab may have signed out.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void openRound();
});
await startTexts();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} forceColorScheme="light" withCssVariables={false} withGlobalClasses={false}>
        <KeyboardProvider>
          <RouterProvider router={router} />
          <Toasts />
        </KeyboardProvider>
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
