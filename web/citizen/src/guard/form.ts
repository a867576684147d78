// The form asked at a gate or at a door, beside the shift (shift.ts): it is there without a network, too.

import { ask, Unreachable } from "@luytre/shared/api";
import type { Questionnaire } from "@luytre/shared/filling";
import { queryOptions } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { api } from "../app/api";
import { keepAside, kept } from "./shift";

const formKey = (id: string) => `form ${id}`;

/** As this device has it. */
export const formOf = (id: string): Promise<Questionnaire | undefined> => kept<Questionnaire>(formKey(id));

/** Today's, else the one that was kept. Throws when there is neither. */
export async function readForm(id: string): Promise<Questionnaire> {
  try {
    const form = (await ask(api.GET("/api/v1/forms/{id}", { params: { path: { id } } }))) as unknown as Questionnaire;
    await keepAside(formKey(id), form).catch(() => undefined);
    return form;
  } catch (error) {
    const form = error instanceof Unreachable ? await formOf(id).catch(() => undefined) : undefined;
    if (!form) throw error;
    return form;
  }
}

export const gateFormQuery = (id: string) =>
  queryOptions({ queryKey: ["gate form", id], staleTime: 5 * 60_000, queryFn: () => readForm(id) });

/** Whether the form can be asked now; it is kept for when the network goes. */
export function useFormReady(id: string | undefined, online: boolean): boolean {
  const [ready, setReady] = useState<string>();
  useEffect(() => {
    if (id) void readForm(id).then(() => setReady(id), () => undefined);
  }, [id, online]);
  return id !== undefined && (online || ready === id);
}
