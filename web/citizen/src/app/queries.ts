// Everything the pages ask the server for, under one key each.

import {
  ApiError,
  ask,
  Unreachable,
  type Consent,
  type FormInfo,
  type FormsNow,
  type Person,
  type Session,
} from "@luytre/shared/api";
import { firstOpening } from "@luytre/shared/first";
import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";

import type { Questionnaire } from "@luytre/shared/filling";
import { api, client } from "./api";
import { emptyDevice, holdDevice, keeper, kept, resumeDevice, shutDevice, stillSo, type KeptPerson } from "./device";
import { finishLeaving, isLeaving, nobodyLeft } from "./leaving";

let asked = !firstOpening;

/** The session, null when signed out; without a network the one kept on the device. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: 5 * 60_000,
  queryFn: async (): Promise<Session | null> => {
    if (!asked) {
      asked = true;
      void emptyDevice(["kept"]); // of whom the browser has forgotten the rest
      return null;
    }
    if (isLeaving()) {
      void finishLeaving();
      await emptyDevice();
      return null;
    }
    const [here, anywhere] = [stillSo(), nobodyLeft()];
    const still = () => here() && anywhere();
    try {
      const session = await ask(api.GET("/api/v1/auth/session"));
      if (!still()) return null; // an answer from before
      if (session.level === "full" && session.kind === "citizen") await holdDevice(session);
      return session;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        if (!still()) return null;
        shutDevice();
        await emptyDevice(["kept"]); // a session that is over opens nothing, online or not
        return null;
      }
      const known = error instanceof Unreachable ? await kept("session") : undefined;
      if (!known) throw error;
      if (!still()) return null;
      resumeDevice(known);
      return known;
    }
  },
});

/** The household. Without a network only names are known. */
export const peopleQuery = queryOptions({
  queryKey: ["people"],
  staleTime: 60_000,
  queryFn: async (): Promise<(KeptPerson & Partial<Person>)[]> => {
    const keep = keeper();
    try {
      const { items } = await ask(api.GET("/api/v1/me/people"));
      await keep(
        "people",
        items.map(
          ({ id, name, birthYear, relation }) =>
            ({ id, name, birthYear, ...(relation ? { relation } : {}) }) as KeptPerson,
        ),
      );
      return items;
    } catch (error) {
      const known = error instanceof Unreachable ? await kept("people") : undefined;
      if (known) return known;
      throw error;
    }
  },
});

export function usePeople() {
  const people = useQuery(peopleQuery).data ?? [];
  const self = people.find((person) => person.relation === "self");
  return { people, self, others: people.filter((person) => person !== self) };
}

export const decisionsQuery = queryOptions({
  queryKey: ["decisions"],
  staleTime: 5 * 60_000,
  queryFn: async () => (await ask(api.GET("/api/v1/decisions/in-force"))).items,
});

export const formsQuery = queryOptions({
  queryKey: ["forms"],
  staleTime: 5 * 60_000,
  queryFn: async (): Promise<FormInfo[]> => {
    const keep = keeper();
    try {
      const { items } = await ask(api.GET("/api/v1/forms", {}));
      await keep("forms", items);
      return items;
    } catch (error) {
      const known = error instanceof Unreachable ? await kept("forms") : undefined;
      if (known) return known;
      throw error;
    }
  },
});

/** What is switched on here and now for somebody of the household, and what of it is due today. */
export const formsNowQuery = (person?: string, place?: string, unit?: string) =>
  queryOptions({
    queryKey: ["formsNow", person ?? "self", place ?? "", unit ?? ""],
    staleTime: 60_000,
    refetchInterval: 5 * 60_000,
    refetchOnWindowFocus: true,
    queryFn: async (): Promise<FormsNow> => {
      const key = `formsNow:${person ?? "self"}` as const;
      const keep = keeper();
      try {
        const now = await ask(
          api.GET("/api/v1/me/forms", {
            params: { query: { ...(person ? { person } : {}), ...(place ? { place } : {}), ...(unit ? { unit } : {}) } },
          }),
        );
        await keep(key, now);
        return now;
      } catch (error) {
        const known = error instanceof Unreachable ? await kept(key) : undefined;
        if (known) return known;
        throw error;
      }
    },
  });

/** What somebody last declared by a form, with the answers; null if that is not kept. Not kept on the device. */
export const lastQuery = (form: string, person?: string) =>
  queryOptions({
    queryKey: ["declarations", "last", form, person ?? "self"],
    staleTime: 0,
    queryFn: async () => {
      const query = { form, answers: true, limit: 1, ...(person ? { person } : {}) };
      return (await ask(api.GET("/api/v1/me/declarations", { params: { query } }))).items[0] ?? null;
    },
  });

export const declarationQuery = (id: string) =>
  queryOptions({
    queryKey: ["declarations", "one", id],
    queryFn: () => ask(api.GET("/api/v1/declarations/{id}", { params: { path: { id } } })),
  });

export const withdrawalsQuery = (person?: string) =>
  queryOptions({
    queryKey: ["declarations", "withdrawals", person ?? "self"],
    queryFn: async () =>
      (await ask(api.GET("/api/v1/me/withdrawals", { params: { query: person ? { person } : {} } }))).items,
  });

/** Where a declaration and the own visits do not agree. */
export const differencesQuery = queryOptions({
  queryKey: ["differences"],
  queryFn: async () => (await ask(api.GET("/api/v1/me/differences", {}))).items,
});

/** The own declarations with their answers: enough for as long as they are kept. */
export const diaryQuery = (person?: string) =>
  infiniteQueryOptions({
    queryKey: ["declarations", "diary", person ?? "self"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/me/declarations", {
          params: {
            query: { answers: true, ...(person ? { person } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
          },
        }),
      ),
    getNextPageParam: (last) => last.next,
  });

/** A form in the version that was answered. */
export const formVersionQuery = (id: string, version: string) =>
  queryOptions({
    queryKey: ["form", id, version],
    staleTime: Infinity,
    queryFn: async () =>
      (await ask(
        api.GET("/api/v1/forms/{id}", { params: { path: { id }, query: { version } } }),
      )) as unknown as Questionnaire,
  });

export const formQuery = (id: string) =>
  queryOptions({
    queryKey: ["form", id],
    staleTime: 5 * 60_000,
    queryFn: async (): Promise<Questionnaire> => {
      const keep = keeper();
      try {
        const form = (await ask(
          api.GET("/api/v1/forms/{id}", { params: { path: { id } } }),
        )) as unknown as Questionnaire;
        await keep(`form:${id}`, form);
        return form;
      } catch (error) {
        const known = error instanceof Unreachable ? await kept(`form:${id}`) : undefined;
        if (known) return known as Questionnaire;
        throw error;
      }
    },
  });

/** Keeps today's forms on the device, for declaring without a network. */
export async function keepForms(): Promise<void> {
  const forms = await client.fetchQuery(formsQuery).catch(() => []);
  await Promise.all(forms.map(({ id }) => client.prefetchQuery(formQuery(id))));
}

export const declarationsQuery = (person?: string) =>
  infiniteQueryOptions({
    queryKey: ["declarations", person ?? "self"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/me/declarations", {
          params: { query: { ...(person ? { person } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (last) => last.next,
  });

export const codeQuery = (person: string) =>
  queryOptions({
    queryKey: ["code", person],
    staleTime: 0,
    queryFn: async () => {
      const keep = keeper();
      try {
        const code = await ask(api.GET("/api/v1/me/people/{id}/code", { params: { path: { id: person } } }));
        await keep(`code:${person}`, code);
        return code;
      } catch (error) {
        const known = error instanceof Unreachable ? await kept(`code:${person}`) : undefined;
        if (known && Date.parse(known.expiresAt) > Date.now()) return known;
        throw error;
      }
    },
  });

export const visitsQuery = (person?: string) =>
  infiniteQueryOptions({
    queryKey: ["visits", person ?? "self"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/me/visits", {
          params: { query: { ...(person ? { person } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (last) => last.next,
  });

export const warningsQuery = infiniteQueryOptions({
  queryKey: ["warnings"],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) =>
    ask(api.GET("/api/v1/me/warnings", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
  getNextPageParam: (last) => last.next,
  refetchInterval: 60_000,
  refetchOnWindowFocus: true,
});

export function useUnread(): number {
  const { data } = useInfiniteQuery(warningsQuery);
  return data?.pages.flatMap((page) => page.items).filter((warning) => !warning.readAt).length ?? 0;
}

export const accessQuery = (person?: string) =>
  infiniteQueryOptions({
    queryKey: ["access", person ?? "all"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/me/access-log", {
          params: { query: { ...(person ? { person } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (last) => last.next,
  });

export const consentTextsQuery = queryOptions({
  queryKey: ["consentTexts"],
  staleTime: 5 * 60_000,
  queryFn: async () => (await ask(api.GET("/api/v1/consents/texts"))).items,
});

export const consentsQuery = queryOptions({
  queryKey: ["consents"],
  staleTime: 60_000,
  queryFn: async (): Promise<Consent[]> => {
    const keep = keeper();
    try {
      const { items } = await ask(api.GET("/api/v1/me/consents"));
      await keep("consents", items);
      return items;
    } catch (error) {
      const known = error instanceof Unreachable ? await kept("consents") : undefined;
      if (known) return known;
      throw error;
    }
  },
});

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: async () => (await ask(api.GET("/api/v1/auth/sessions"))).items,
});

/** What the household must declare today. */
export const dutiesQuery = queryOptions({
  queryKey: ["duties", "due"],
  queryFn: () => ask(api.GET("/api/v1/me/duties")),
});

export const placesQuery = queryOptions({
  queryKey: ["places"],
  queryFn: async () => (await ask(api.GET("/api/v1/me/places"))).items,
});

export const placeQuery = (id: string) =>
  queryOptions({
    queryKey: ["places", id],
    queryFn: () => ask(api.GET("/api/v1/places/{id}", { params: { path: { id } } })),
  });

/** Departures of a vehicle that have a passenger list. */
export const tripsQuery = (id: string) =>
  queryOptions({
    queryKey: ["places", id, "trips"],
    queryFn: async () => (await ask(api.GET("/api/v1/places/{id}/trips", { params: { path: { id } } }))).items,
  });

export const placeSummaryQuery = (id: string) =>
  queryOptions({
    queryKey: ["places", id, "summary"],
    refetchInterval: 30_000,
    queryFn: () => ask(api.GET("/api/v1/places/{id}/visits/summary", { params: { path: { id } } })),
  });

export const guardsQuery = (id: string) =>
  queryOptions({
    queryKey: ["places", id, "guards"],
    queryFn: async () => (await ask(api.GET("/api/v1/places/{id}/guards", { params: { path: { id } } }))).items,
  });

export const refusalsQuery = (id: string) =>
  queryOptions({
    queryKey: ["places", id, "refusals"],
    queryFn: async () => (await ask(api.GET("/api/v1/places/{id}/refusals", { params: { path: { id } } }))).items,
  });

export const placeKindsQuery = queryOptions({
  queryKey: ["placeKinds"],
  staleTime: 60 * 60_000,
  queryFn: async () => (await ask(api.GET("/api/v1/place-kinds"))).items,
});

/** Border gates, airports, ports by which people come into the country. */
export const pointsOfEntryQuery = queryOptions({
  queryKey: ["pointsOfEntry"],
  staleTime: 60 * 60_000,
  queryFn: async () => (await ask(api.GET("/api/v1/points-of-entry"))).items,
});

export const unitSearchQuery = (text: string) =>
  queryOptions({
    queryKey: ["units", text],
    staleTime: 60 * 60_000,
    queryFn: async () => (await ask(api.GET("/api/v1/units/search", { params: { query: { q: text } } }))).items,
  });
