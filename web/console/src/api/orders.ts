import { ifMatch } from "@luytre/shared/api";
import { save } from "@luytre/shared/save";
import { queryOptions } from "@tanstack/react-query";

import type { orderViews } from "../logic/filters";
import type { Sorting } from "../logic/sorting";
import { api, ask, keyed } from "./client";
import { usePages } from "./pages";
import type { NewOrder, NewOrderStep, Order, SignedTogether, StepsTogether } from "./types";

export type OrderSort = "waiting" | "lastDay" | "signed" | "ended";

export interface OrderFilter extends Sorting<OrderSort> {
  view?: (typeof orderViews)[number];
  unit?: string;
  /** Number of an order: that one, whatever the others say. */
  q?: string;
  disease?: string;
  kind?: Order["kind"];
  place?: Order["placeKind"];
}

const path = (id: string) => ({ path: { id } });
const edit = (id: string, version: number) => ({ path: { id }, header: ifMatch(version) });

export const useOrders = (filter: OrderFilter) =>
  usePages(["orders", "list", filter], (cursor) => ask(api.GET("/api/v1/orders", { params: { query: { ...filter, cursor } } })));

export type OrderFileFilter = Pick<OrderFilter, "view" | "disease" | "kind" | "place">;

/** Of the orders that the unit answers for; everybody in the file is logged with the reason. */
export const takeOutOrders = async (unit: string, format: "csv" | "xlsx", reason: string, filter: OrderFileFilter) =>
  save(await ask(api.POST("/api/v1/units/{id}/order-file", { params: path(unit), body: { ...filter, reason, format }, parseAs: "blob" })), `luytre-orders-${unit}.${format}`);

/** With place, reasons and every step: each read is logged, so it is not repeated by itself. */
export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ["orders", "one", id],
    queryFn: () => ask(api.GET("/api/v1/orders/{id}", { params: path(id) })),
    staleTime: Infinity,
    refetchOnReconnect: false,
  });

export const draftOrder = (body: NewOrder, key: string) => ask(api.POST("/api/v1/orders", { headers: keyed(key), body }));

export const proposeStep = (id: string, body: NewOrderStep, version: number) =>
  ask(api.POST("/api/v1/orders/{id}/steps", { params: edit(id, version), body }));

export const signOrder = (id: string, authority: string, version: number) =>
  ask(api.POST("/api/v1/orders/{id}/sign", { params: edit(id, version), body: { authority } }));

/** Each is judged alone. */
export const proposeTogether = (body: StepsTogether, key: string) => ask(api.POST("/api/v1/order-steps", { headers: keyed(key), body }));
export const signTogether = (body: SignedTogether, key: string) => ask(api.POST("/api/v1/order-signatures", { headers: keyed(key), body }));

export const refuseOrder = (id: string, reason: string, version: number) =>
  ask(api.POST("/api/v1/orders/{id}/refuse", { params: edit(id, version), body: { reason } }));

export const orderPaper = (id: string, paper: "order" | "certificate") => `/api/v1/orders/${encodeURIComponent(id)}/${paper}.pdf`;
