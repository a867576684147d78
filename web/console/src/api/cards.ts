import { queryOptions } from "@tanstack/react-query";

import { api, ask } from "./client";
import type { NewCards } from "./types";

/** Printed cards of a person, newest first. Logged. */
export const cardsQuery = (person: string) =>
  queryOptions({
    queryKey: ["cards", person],
    queryFn: async () => (await ask(api.GET("/api/v1/people/{id}/cards", { params: { path: { id: person } } }))).items,
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

export const makeCards = async (body: NewCards) => (await ask(api.POST("/api/v1/cards", { body }))).items;

export const endCard = (card: string) => ask(api.POST("/api/v1/cards/{id}/end", { params: { path: { id: card } } }));

export const endCardByNumber = (number: string) => ask(api.POST("/api/v1/cards/lost", { body: { number } }));

/** Ten cards on a page, to print. */
export const sheetAddress = (cards: readonly { id: string }[]) =>
  `/api/v1/cards/sheet.pdf?cards=${encodeURIComponent(cards.map((card) => card.id).join(","))}`;
