import type { Questionnaire, QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import { between } from "../logic/moments";
import type { PersonQuery } from "../logic/person-query";
import type { SortOrder } from "../logic/sorting";
import type { FileFormat } from "../parts/TakeOut";
import { api, ask } from "./client";
import { usePages } from "./pages";
import type { Declaration, Flagged, NewDeclaration } from "./types";

/** Days are local and both included. */
export interface DeclarationFilter {
  unit?: string;
  colour?: Exclude<Flagged["colour"], "green">;
  place?: string;
  from?: string;
  to?: string;
  /** By when they arrived; absent: the newest first. */
  order?: SortOrder;
}

// Both reads are in the access log of everybody shown, so they are not repeated behind the officer's back.
const readOnce = { staleTime: Infinity, refetchOnReconnect: false };

/** `who`: somebody who is looked for, and why; neither stands in an address. */
export const useDeclarations = ({ from, to, order, ...filter }: DeclarationFilter, who?: PersonQuery & { reason: string }) =>
  usePages(["declarations", "list", filter, from, to, order, who], (cursor) =>
    who
      ? ask(api.POST("/api/v1/declarations/search", { params: { query: { order, cursor } }, body: { ...filter, ...between(from, to), ...who } }))
      : ask(api.GET("/api/v1/declarations", { params: { query: { ...filter, ...between(from, to), order, cursor } } })),
  );

/** Of a unit, without answers; everybody in the file is logged with the reason. */
export const takeOutDeclarations = async (unit: string, format: FileFormat, reason: string, { from, to, colour, place }: DeclarationFilter) =>
  save(
    await ask(
      api.POST("/api/v1/units/{id}/declaration-file", {
        params: { path: { id: unit } },
        body: { ...(colour ? { colour } : {}), ...(place ? { place } : {}), ...between(from, to), reason, format },
        parseAs: "blob",
      }),
    ),
    `luytre-declarations-${unit}.${format}`,
  );

export const declarationQuery = (id: string) =>
  queryOptions({
    queryKey: ["declarations", "one", id],
    queryFn: async (): Promise<Declaration> => {
      const found = await ask(api.GET("/api/v1/declarations/{id}", { params: { path: { id } } }));
      // The server took it in as a response to this form.
      return { ...found, response: found.response as QuestionnaireResponse | undefined };
    },
    ...readOnce,
  });

/** Each look is logged. */
export const readPicture = (id: string, picture: string) =>
  ask(api.GET("/api/v1/declarations/{id}/pictures/{picture}", { params: { path: { id, picture } }, parseAs: "blob" }));

/** The declaration judged again by the rule set that judged it. In the access log, too. */
export const judgedAgainQuery = (id: string) =>
  queryOptions({
    queryKey: ["declarations", "again", id],
    queryFn: () => ask(api.GET("/api/v1/declarations/{id}/again", { params: { path: { id } } })),
    ...readOnce,
  });

export const formsQuery = queryOptions({
  queryKey: ["forms"],
  queryFn: () => ask(api.GET("/api/v1/forms", {})),
  staleTime: Infinity,
});

/** Those that decisions ask for of who lives there. */
export const formsAskedQuery = (unit: string) =>
  queryOptions({
    queryKey: ["forms", "asked", unit],
    queryFn: async () => (await ask(api.GET("/api/v1/forms", { params: { query: { unit } } }))).items,
  });

/** For somebody who asked an officer to. */
export const declareFor = (declaration: NewDeclaration, key: string) =>
  ask(api.POST("/api/v1/declarations", { params: { header: { "Idempotency-Key": key } }, body: declaration }));

/** The form in the version that was answered. */
export const formQuery = (id: string, version: string) =>
  queryOptions({
    queryKey: ["forms", id, version],
    queryFn: async () =>
      (await ask(api.GET("/api/v1/forms/{id}", { params: { path: { id }, query: { version } } }))) as unknown as Questionnaire,
    enabled: id !== "",
    staleTime: Infinity,
  });
