import { ifMatch } from "@luytre/shared/api";

import { api, ask } from "./client";
import { usePages } from "./pages";
import type { NewGrant } from "./types";

export const useOfficers = (q: string | undefined) =>
  usePages(["officers", "list", q], (cursor) => ask(api.GET("/api/v1/officers", { params: { query: { q, cursor } } })));

export const createOfficer = (body: { username: string; name: string; grants: NewGrant[] }) => ask(api.POST("/api/v1/officers", { body }));

export const setGrants = (id: string, version: number, grants: NewGrant[]) =>
  ask(api.PUT("/api/v1/officers/{id}/grants", { params: { path: { id } }, headers: ifMatch(version), body: { grants } }));

export const disableOfficer = (id: string) => ask(api.POST("/api/v1/officers/{id}/disable", { params: { path: { id } }, body: {} }));

export const enableOfficer = (id: string) => ask(api.POST("/api/v1/officers/{id}/enable", { params: { path: { id } }, body: {} }));

/** `totp`: the authenticator is lost too. */
export const resetPassword = (id: string, totp: boolean) =>
  ask(api.POST("/api/v1/officers/{id}/reset-password", { params: { path: { id } }, body: { totp } }));
