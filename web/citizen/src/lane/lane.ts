// The lane's side of the shift on this device (guard/shift.ts): its desk and the vehicle at the barrier, kept beside it.

import { ask, type LaneDesk, type LaneSeen } from "@luytre/shared/api";

import { api } from "../app/api";
import { kept, keepAside } from "../guard/shift";
import { fresh, type Draft } from "./draft";

const draftKey = (place: string) => `lane draft ${place}`;
const deskKey = (place: string) => `lane desk ${place}`;

export const readDraft = async (place: string): Promise<Draft> => (await kept<Draft>(draftKey(place))) ?? fresh();
export const keepDraft = (place: string, draft: Draft): Promise<void> => keepAside(draftKey(place), draft);

/** As the server sees it, or as it last did. Throws what the server refused. */
export async function readDesk(shift: string, place: string): Promise<LaneDesk> {
  const desk = await ask(api.POST("/api/v1/lane/desk", { body: { shift, place } }));
  await keepAside(deskKey(place), desk);
  return desk;
}
export const lastDesk = (place: string): Promise<LaneDesk | undefined> => kept<LaneDesk>(deskKey(place));

const patience = 4_000; // milliseconds: the next vehicle does not wait for a light
export const look = (shift: string, place: string, code: string): Promise<LaneSeen> =>
  ask(api.POST("/api/v1/lane/look", { body: { shift, place, code }, signal: AbortSignal.timeout(patience) }));
