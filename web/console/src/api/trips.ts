import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";

export const tripsQuery = queryOptions({
  queryKey: ["trips"],
  queryFn: async () => (await ask(api.GET("/api/v1/trips"))).items,
});

/** The seats for which nobody has declared. Who was found reads it in the access log. */
export async function notDeclared(place: string, departure: string): Promise<string[]> {
  const seats: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(
      api.GET("/api/v1/places/{id}/passengers/declared", {
        params: { path: { id: place }, query: { departure, declared: false, limit: 200, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    );
    seats.push(...page.items.map(({ seat }) => seat));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return seats;
}

/** Who sat where; in the access log with the reason, so it is asked for once. */
export const readPassengers = async (place: string, departure: string, reason: string) =>
  (await ask(api.POST("/api/v1/places/{id}/passengers/look", { params: { path: { id: place } }, body: { departure, reason } }))).items;
