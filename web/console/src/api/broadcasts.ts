import { api, ask, keyed } from "./client";
import { usePages } from "./pages";
import type { BroadcastAsked, NewBroadcast } from "./types";

/** Nothing is kept of a draft: it is what holds now, in spoken words. */
export const draftBroadcast = (body: BroadcastAsked) => ask(api.POST("/api/v1/broadcasts/draft", { body }));
export const publishBroadcast = (body: NewBroadcast, key: string) => ask(api.POST("/api/v1/broadcasts", { headers: keyed(key), body }));

export const useBroadcasts = () =>
  usePages(["broadcasts"], (cursor) => ask(api.GET("/api/v1/broadcasts", { params: { query: { ...(cursor ? { cursor } : {}) } } })));
