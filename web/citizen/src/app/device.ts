// The device's store, opened once, and the little of the own record that is kept so that the app opens without a
// network: who is signed in, the household's names, the consents, the own code until it expires, and the forms. All of
// it goes at sign-out.

import type { Consent, FormInfo, FormsNow, Person, PersonCode, Session } from "@luytre/shared/api";

import { openStore, type DeviceStore } from "../offline/store";

const opened = openStore();

export const device: DeviceStore = {
  get: async (table, key) => (await opened).get(table, key),
  all: async (table) => (await opened).all(table),
  put: async (table, key, value) => (await opened).put(table, key, value),
  remove: async (table, key) => (await opened).remove(table, key),
  wipe: async (which) => (await opened).wipe(which),
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

let shut = false;

/** From sign-out to the next session: an answer that was still on its way is not kept any more. */
export function shutDevice(now: boolean): void {
  shut = now;
}

export const keep = async <K extends keyof Kept & string>(key: K, value: Kept[K]): Promise<void> => {
  if (!shut) await device.put("kept", key, value).catch(() => undefined);
};
export const kept = <K extends keyof Kept & string>(key: K): Promise<Kept[K] | undefined> =>
  device.get<Kept[K]>("kept", key).catch(() => undefined);

// ---- drafts of forms: the answers so far, of one account, form and person ----

export const draftKey = (account: string, form: string, person: string): string => `${account}/${form}/${person}`;

/** Asks the browser not to throw the store away when space runs short; it may decline. */
export function askToStay(): void {
  void navigator.storage?.persist?.().catch(() => undefined);
}
