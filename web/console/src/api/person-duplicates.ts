import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";
import { queryClient } from "./query-client";
import type { NewPerson } from "./types";

// Every record shown is logged with the reason; nothing is asked again behind the officer's back.
const readOnce = { staleTime: Infinity, refetchOnReconnect: false };

export const personDuplicatesQuery = (person: string, reason: string) =>
  queryOptions({
    queryKey: ["person-duplicates", person],
    queryFn: () => ask(api.POST("/api/v1/people/{id}/duplicates/look", { params: { path: { id: person } }, body: { reason } })),
    ...readOnce,
  });

export const personMergesQuery = (person: string, reason: string) =>
  queryOptions({
    queryKey: ["person-merges", person],
    queryFn: () => ask(api.POST("/api/v1/people/{id}/merges/look", { params: { path: { id: person } }, body: { reason } })),
    ...readOnce,
  });

/** Of which diseases both have an open case, before they are merged. Asked anew each time: a case may have been discarded since. */
export const wouldBeTwinsQuery = (one: string, other: string, reason: string) =>
  queryOptions({
    queryKey: ["person-twins", one, other],
    queryFn: () => ask(api.POST("/api/v1/person-merges/cases", { body: { one, other, reason } })),
    ...readOnce,
    gcTime: 0,
  });

/** Who may be somebody who is being written down. */
export const duplicatesOfDraft = ({ name, birthDate, birthYear, sex, unit, address, paper, phone }: NewPerson, reason: string) =>
  ask(api.POST("/api/v1/person-duplicates", { body: { name, birthDate, birthYear, sex, unit, address, paper, phone, reason } }));

export const draftDuplicatesQuery = (draft: NewPerson | undefined, reason: string) =>
  queryOptions({
    queryKey: ["person-duplicates", "draft", draft],
    queryFn: () => (draft ? duplicatesOfDraft(draft, reason) : null),
    enabled: draft !== undefined,
    ...readOnce,
  });

export const tellPeopleApart = (one: string, other: string, reason: string) => ask(api.POST("/api/v1/person-duplicates/tell-apart", { body: { one, other, reason } }));

export const mergePeople = (person: string, kept: string, reason: string) => ask(api.POST("/api/v1/person-merges", { body: { person, kept, reason } }));

export const undoPersonMerge = (id: string, reason: string) => ask(api.POST("/api/v1/person-merges/{id}/undo", { params: { path: { id } }, body: { reason } }));

/** After a decision: what was said of any person's duplicates is old, and so is what a search found; a merged record has a new version, and its cases may be of one illness. */
export const forgetDuplicates = () => {
  queryClient.removeQueries({ queryKey: ["people", "found"], type: "inactive" });
  return Promise.all([["person-duplicates"], ["person-merges"], ["person-households"], ["people", "one"], ["cases"]].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
};
