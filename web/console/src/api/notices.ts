import { ifMatch } from "@luytre/shared/api";
import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";

const edit = (id: string, version: number) => ({ path: { id }, header: ifMatch(version) });

/** Every look is in the access log. */
export const noticesQuery = (id: string) =>
  queryOptions({
    queryKey: ["cases", "notices", id],
    queryFn: async () => (await ask(api.GET("/api/v1/cases/{id}/notices", { params: { path: { id } } }))).items,
  });

export const askNotices = (id: string, milestones: string[]) => ask(api.POST("/api/v1/cases/{id}/notices", { params: { path: { id } }, body: { milestones } }));
export const releaseNotice = (id: string, version: number) => ask(api.POST("/api/v1/notices/{id}/release", { params: edit(id, version) }));
export const withdrawNotice = (id: string, version: number, reason: string) =>
  ask(api.POST("/api/v1/notices/{id}/withdraw", { params: edit(id, version), body: { reason } }));
