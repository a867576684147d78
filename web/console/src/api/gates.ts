import { api, ask } from "./client";
import { usePages } from "./pages";

/** Who was at a place in the case's window without a code of ours. Each look is logged. */
export const useGateEntries = (id: string, place: string | undefined) =>
  usePages(
    ["gates", id, place],
    (cursor) =>
      ask(api.GET("/api/v1/cases/{id}/gate-entries", { params: { path: { id }, query: { place: place ?? "", cursor } } })),
    place !== undefined,
  );
