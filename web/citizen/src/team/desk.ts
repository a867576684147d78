// The list of households on this device: beside the shift (guard/shift.ts), and gone with it.

import { ask, type DoorDesk } from "@luytre/shared/api";

import { api } from "../app/api";
import { readForm } from "../guard/form";
import { asideKeys, keepAside, kept } from "../guard/shift";

/** As the server sees it. Throws what the server refused. */
export async function readList(shift: string): Promise<DoorDesk> {
  const desk = await ask(api.POST("/api/v1/team/desk", { body: { shift } }));
  await keepAside(asideKeys.list, desk);
  for (const id of new Set(desk.teams.filter(({ working }) => working).map(({ form }) => form)))
    await readForm(id).catch(() => undefined);
  return desk;
}
export const lastList = (): Promise<DoorDesk | undefined> => kept<DoorDesk>(asideKeys.list);
