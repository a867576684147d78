import { ApiError } from "@luytre/shared/api";
import { QueryClient } from "@tanstack/react-query";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Reads of people's data are logged; the live stream says when something changed.
      refetchOnWindowFocus: false,
      // A refusal will be refused again; only silence and faults are worth another try.
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status < 500),
    },
    // What the device keeps needs no network; what does need one says so at once, instead of being done later, unseen.
    mutations: { networkMode: "always" },
  },
});
