import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";
import { usePages } from "./pages";

export const dutyRulesQuery = queryOptions({
  queryKey: ["duties", "rules"],
  queryFn: async () => (await ask(api.GET("/api/v1/duty-rules"))).items,
  staleTime: 60_000,
});

/** Counts of organisations; no people. */
export const useOrganisations = (unit?: string) =>
  usePages(["duties", "organisations", unit], (cursor) =>
    ask(api.GET("/api/v1/duties/organisations", { params: { query: { ...(unit ? { unit } : {}), ...(cursor ? { cursor } : {}) } } })),
  );
