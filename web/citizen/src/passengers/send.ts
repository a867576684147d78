// One list for one departure: a file, or the seats that were written down.

import { ask, type PassengerReport } from "@luytre/shared/api";

import { api } from "../app/api";

export interface Where {
  departure: string; // as a datetime-local input has it, in Viet Nam's time
  towards: string;
}

export const sendList = (
  id: string,
  { departure, towards }: Where,
  list: { type: string; body: string | Blob; key: string },
): Promise<PassengerReport> =>
  ask(
    api.POST("/api/v1/places/{id}/passengers", {
      params: {
        path: { id },
        query: { departure: new Date(`${departure}:00+07:00`).toISOString(), towards },
        header: { "Idempotency-Key": list.key },
      },
      headers: { "Content-Type": list.type },
      body: list.body as never,
      bodySerializer: (body: unknown) => body as string | Blob,
    }),
  );
