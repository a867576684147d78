// A guard's shift on this device: its token, its gates and keys, and what waits for the network. In a database of its own,
// which signing out of the app does not touch: whom a guard let in must not be lost with somebody's session.

import { ApiError, ask, type GateDesk, type GateShift } from "@luytre/shared/api";

import { acrossTabs, api, send } from "../app/api";
import { Queue } from "../offline/queue";
import { openStore } from "../offline/store";
import { bare, isOver } from "./over";

const guards = "gate"; // in place of an account: what waits is sent whoever is on duty
const opened = openStore("luytre-gate");
const store = {
  get: async <T>(key: string) => (await opened).get<T>("kept", key),
  put: async (key: string, value: unknown) => (await opened).put("kept", key, value),
  remove: async (key: string) => (await opened).remove("kept", key),
};

export interface OnDuty {
  shift: GateShift;
  desk: GateDesk;
  /** How many this device has let in during the shift. */
  admitted: number;
  /** How many this device has seen go out. */
  left?: number;
  way?: "in" | "out";
  place?: string | undefined;
  zone?: string | undefined;
  /** Of a device that visitors use: its own, which their choices do not change. */
  language?: string;
}

export const gateQueue = opened.then(async (device) => {
  const queue = new Queue(device, send, { ...acrossTabs("luytre-gate"), bare, stays: ({ code }) => isOver(code) });
  await queue.serve(guards);
  addEventListener("online", () => void queue.back());
  return queue;
});

export const readDesk = (shift: string): Promise<GateDesk> => ask(api.POST("/api/v1/gate/desk", { body: { shift } }));

/** Without a request the code is the one that the keeper gave. */
export async function begin(phone: string, request: string | undefined, code: string, hours: number): Promise<OnDuty> {
  const body = { phone, code, hours, ...(request ? { request } : {}) };
  const shift = await ask(api.POST("/api/v1/gate/shifts", { body }));
  const duty: OnDuty = { shift, desk: await readDesk(shift.shift), admitted: 0 };
  await keepDuty(duty);
  return duty;
}

/** What a page of this shift keeps on the device: nothing, once the shift has gone. */
export const kept = store.get;
export async function keepAside(key: string, value: unknown): Promise<void> {
  if (await store.get("duty")) await store.put(key, value);
}

/** Aside, and gone with the shift: a team's households; a lane's vehicle at the barrier, and its book. */
export const asideKeys = { list: "list", draft: "lane draft", desk: "lane desk" } as const;

/** Whose shift it is: a guard's, or of a device that visitors use, on which no guard's page opens. */
type ShiftOf = "duty" | "kiosk";

/** Nothing of the shift stays here but what waits to be sent. */
export async function forgetShift(of: ShiftOf = "duty"): Promise<void> {
  await store.remove(of);
  if (of === "duty") for (const key of Object.values(asideKeys)) await store.remove(key);
}

export const keepDuty = (duty: OnDuty, of: ShiftOf = "duty"): Promise<void> => store.put(of, duty);

/** A guard gives the device to visitors, in the language that it is in now. */
export async function giveToVisitors(begun: OnDuty, language: string): Promise<OnDuty> {
  const duty = { ...begun, language };
  await keepDuty(duty, "kiosk");
  await forgetShift();
  return duty;
}

/** The shift on this device, with or without a network; undefined when there is none, or it is over. */
export async function onDuty(of: ShiftOf = "duty"): Promise<OnDuty | undefined> {
  const duty = await store.get<OnDuty>(of);
  if (!duty || Date.parse(duty.shift.ends) <= Date.now()) {
    await forgetShift(of);
    return undefined;
  }
  try {
    return { ...duty, desk: await readDesk(duty.shift.shift) };
  } catch (error) {
    if (error instanceof ApiError && isOver(error.code)) {
      await forgetShift(of);
      return undefined;
    }
    return duty;
  }
}

/** Ends it here at once and on the server when it can be reached; it ends there by itself, too. */
export async function endDuty(duty: OnDuty, of: ShiftOf = "duty"): Promise<void> {
  await (await gateQueue).flush();
  await forgetShift(of);
  await ask(api.POST("/api/v1/gate/end", { body: { shift: duty.shift.shift } })).catch(() => undefined);
}
