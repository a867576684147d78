import type { Body } from "@luytre/shared/api";

import { api, ask } from "./client";

export type StationRelease = Body<"/api/v1/auth/station-release", "post">;

/** A word that lets somebody seen at the station back into the own record. */
export const releaseAtStation = (body: StationRelease) => ask(api.POST("/api/v1/auth/station-release", { body }));
