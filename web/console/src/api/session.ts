import { ApiError } from "@luytre/shared/api";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import { createLeaving } from "../logic/leaving";
import { api, ask } from "./client";
import { queryClient } from "./query-client";
import { forgetReasons } from "./reasons";
import { forgetRound, serveRound } from "./rounds";
import type { Session } from "./types";

const leaving = createLeaving({
  end: () => ask(api.POST("/api/v1/auth/sign-out", { signal: AbortSignal.timeout(8_000) })),
  // Asked for anew each time: a browser may refuse it.
  memory: {
    getItem: (key) => localStorage.getItem(key),
    setItem: (key, value) => localStorage.setItem(key, value),
    removeItem: (key) => localStorage.removeItem(key),
  },
  loadAnew: () => window.location.replace(`${import.meta.env.BASE_URL}sign-in`),
});

/** Null: nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: 5 * 60_000,
  queryFn: async (): Promise<Session | null> => {
    try {
      const session = await ask(api.GET("/api/v1/auth/session"));
      return session.kind === "officer" && (await leaving.makeUp()) ? null : session;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});

export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: () => ask(api.GET("/api/v1/setup")),
});

export const sessionsQuery = queryOptions({
  queryKey: ["session", "all"],
  queryFn: () => ask(api.GET("/api/v1/auth/sessions")),
});

/** The officer at work; only for pages behind the guard. */
export function useOfficer(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error("no session behind the guard");
  return data;
}

/** Takes over a fresh session and forgets what an earlier one had read. */
export function adopt(session: Session): void {
  leaving.entered();
  forgetReasons();
  void serveRound(session.account);
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
  queryClient.setQueryData(sessionQuery.queryKey, session);
}

export const setUp = (body: { token: string; username: string; password: string; name: string }) => ask(api.POST("/api/v1/setup", { body }));

export const signIn = (body: { username: string; password: string; totp?: string }) => ask(api.POST("/api/v1/auth/officer/sign-in", { body }));

/** Signs out and loads the page anew, so that nothing that was read stays in memory; without the server, see LeftOffline. */
export async function leave(): Promise<void> {
  await forgetRound();
  await leaving.leave();
}

/** The officer has left, but the server could not be told. */
export const useLeft = (): boolean => useSyncExternalStore(leaving.watch, leaving.left);

/** `current`: a code of the authenticator in use, when there is one. */
export const enrolTotp = (current: string | undefined) => ask(api.POST("/api/v1/auth/totp/enrol", { body: current ? { current } : {} }));

export const confirmTotp = (code: string) => ask(api.POST("/api/v1/auth/totp/confirm", { body: { code } }));

export const changePassword = (current: string, next: string) => ask(api.PUT("/api/v1/auth/password", { body: { current, next } }));

export const endSession = (id: string) => ask(api.DELETE("/api/v1/auth/sessions/{id}", { params: { path: { id } } }));
