// The lane's side of the shift on this device (guard/shift.ts): its desk and the vehicle at the barrier, kept beside it and gone with it.

import { ask, type LaneDesk, type LaneSeen } from "@luytre/shared/api";

import { api } from "../app/api";
import { asideKeys, keepAside, kept } from "../guard/shift";
import { fresh, type Draft } from "./draft";

interface Of<What> {
  place: string;
  what: What;
}

async function of<What>(place: string, key: string): Promise<What | undefined> {
  const found = await kept<Of<What>>(key);
  return found?.place === place ? found.what : undefined;
}
const keep = <What>(place: string, key: string, what: What): Promise<void> => keepAside(key, { place, what } satisfies Of<What>);

export const readDraft = async (place: string): Promise<Draft> => (await of<Draft>(place, asideKeys.draft)) ?? fresh();
export const keepDraft = (place: string, draft: Draft): Promise<void> => keep(place, asideKeys.draft, draft);

/** As the server sees it, or as it last did. Throws what the server refused. */
export async function readDesk(shift: string, place: string): Promise<LaneDesk> {
  const desk = await ask(api.POST("/api/v1/lane/desk", { body: { shift, place } }));
  await keep(place, asideKeys.desk, desk);
  return desk;
}
export const lastDesk = (place: string): Promise<LaneDesk | undefined> => of<LaneDesk>(place, asideKeys.desk);

const patience = 4_000; // milliseconds: the next vehicle does not wait for a light
export const look = (shift: string, place: string, code: string): Promise<LaneSeen> =>
  ask(api.POST("/api/v1/lane/look", { body: { shift, place, code }, signal: AbortSignal.timeout(patience) }));
