import { instantOf } from "../logic/moments";
import { api, ask } from "./client";
import { usePages } from "./pages";

/** Days are local and both included. */
export interface LogFilter {
  person?: string;
  account?: string;
  from?: string;
  to?: string;
}

const dayAfter = (date: string) => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

export const useAccessLog = ({ from, to, ...who }: LogFilter) =>
  usePages(["access-log", who, from, to], (cursor) => {
    const query = {
      ...who,
      ...(from ? { from: instantOf(from, "00:00") } : {}),
      ...(to ? { to: instantOf(dayAfter(to), "00:00") } : {}),
      cursor,
    };
    return ask(api.GET("/api/v1/access-log", { params: { query } }));
  });

export const verifyLog = () => ask(api.GET("/api/v1/access-log/verify"));
