// The device's store, opened once, and the little of the own record that is kept so that the app opens without a
// network: who is signed in, the household's names, the consents, the own code until it expires, and the forms. All of
// it goes at sign-out, and nothing of an account is written while the device is not held by it.

import type { Consent, FormInfo, FormsNow, Person, PersonCode, Session } from "@luytre/shared/api";
import { useSyncExternalStore } from "react";

import { NotHeld, openStore, type Rows, type Table } from "../offline/store";

const opened = openStore();

/** Who holds the device, as far as this tab knows. Another object after every sign-out, even of the same account. */
let holder: { readonly account: string } | undefined;
let shuts = 0;

async function write(account: string | undefined, table: Table, key: string, value: unknown): Promise<void> {
  if (account === undefined) throw new NotHeld();
  await (await opened).put(table, key, value, account);
}

export const device: Rows = {
  get: async (table, key) => (await opened).get(table, key),
  all: async (table) => (await opened).all(table),
  put: (table, key, value) => write(holder?.account, table, key, value),
  replace: async (table, key, value) => (await opened).replace(table, key, value),
  remove: async (table, key) => (await opened).remove(table, key),
};

/** What is kept of a household member: enough to name and to declare for. */
export type KeptPerson = Pick<Person, "id" | "name" | "birthYear" | "relation">;

interface Kept {
  session: Session;
  people: KeptPerson[];
  consents: Consent[];
  forms: FormInfo[];
  language: string; // the server was told last
  [code: `code:${string}`]: PersonCode;
  [now: `formsNow:${string}`]: FormsNow;
  [form: `form:${string}`]: unknown;
}

type Keep = <K extends keyof Kept & string>(key: K, value: Kept[K]) => Promise<void>;

/**
 * Taken when something is asked for: what keeps the answer, unless by then the session is over that asked, here or in
 * another tab.
 */
export function keeper(): Keep {
  const asking = holder;
  return async (key, value) => {
    if (asking && asking === holder) await write(asking.account, "kept", key, value).catch(() => undefined);
  };
}

export const kept = <K extends keyof Kept & string>(key: K): Promise<Kept[K] | undefined> =>
  device.get<Kept[K]>("kept", key).catch(() => undefined);

// ---- who holds the device ----

/** Taken before the server is asked who is signed in: false once somebody has signed out or in here since. */
export function stillSo(): () => boolean {
  const before = shuts;
  return () => before === shuts;
}

/** From now on the device keeps what is of this session. True if it was another account's. */
export async function holdDevice(session: Session): Promise<boolean> {
  const mine = holder?.account === session.account ? holder : { account: session.account };
  holder = mine;
  try {
    const another = await (await opened).hold(session);
    if (left.length > 0) note(left.filter((table) => table === "queue")); // the rest is gone, or this account's own
    return another;
  } catch {
    return false;
  }
}

/** A session that was found on the device, without a network. */
export function resumeDevice({ account }: Session): void {
  if (holder?.account !== account) holder = { account };
}

/** From sign-out to the next session: an answer that was still on its way is not kept any more. */
export function shutDevice(): void {
  holder = undefined;
  shuts++;
}

// ---- emptying it ----

let left: readonly Table[] = [];
const listeners = new Set<() => void>();

function note(tables: readonly Table[]): void {
  left = tables;
  listeners.forEach((listener) => listener());
}

const everything: readonly Table[] = ["queue", "drafts", "kept"];

/** Everything, or the tables named. False if they are still there, of which the person is told on every page. */
export async function emptyDevice(which: readonly Table[] = everything): Promise<boolean> {
  try {
    await (await opened).wipe(which);
    note(left.filter((table) => !which.includes(table)));
    return true;
  } catch {
    note([...new Set([...left, ...which])]);
    return false;
  }
}

/** What this tab alone holds, where the browser keeps nothing. */
export async function emptyTab(): Promise<void> {
  await (await opened).wipeOwn();
}

/** What should have gone from this device and has not. */
export const stillThere = (): readonly Table[] => left;
export const useStillThere = (): readonly Table[] =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, stillThere);

// ---- drafts of forms: the answers so far, of one account, form and person ----

export const draftKey = (account: string, form: string, person: string): string => `${account}/${form}/${person}`;

/** Asks the browser not to throw the store away when space runs short; it may decline. */
export function askToStay(): void {
  void navigator.storage?.persist?.().catch(() => undefined);
}
