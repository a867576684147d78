import { between } from "../logic/moments";
import { api, ask } from "./client";
import { usePages } from "./pages";

/** Days are local and both included. */
export interface LogFilter {
  person?: string;
  account?: string;
  from?: string;
  to?: string;
}

export const useAccessLog = ({ from, to, ...who }: LogFilter) =>
  usePages(["access-log", who, from, to], (cursor) =>
    ask(api.GET("/api/v1/access-log", { params: { query: { ...who, ...between(from, to), cursor } } })),
  );

export const verifyLog = () => ask(api.GET("/api/v1/access-log/verify"));
