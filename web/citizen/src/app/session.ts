// Signing in and out, as the rest of the app sees it.

import { type Session } from "@luytre/shared/api";
import { useQuery } from "@tanstack/react-query";

import { client, onSignedOut, queue } from "./api";
import { emptyDevice, emptyTab, holdDevice, kept, shutDevice } from "./device";
import { finishLeaving, isLater, isLeaving, noteLeaving, noteLeft, tellServer } from "./leaving";
import { sessionQuery } from "./queries";

export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}

let router: { invalidate: () => Promise<void> } | undefined;
let leaving = false;
let ending = false;

const isHolder = ({ level, kind }: Session): boolean => level === "full" && kind === "citizen";

/** After a sign-in or a second proof: what was known of another account on this device goes. */
export async function entered(session: Session): Promise<void> {
  if (isLeaving()) {
    await emptyDevice();
    noteLeft(); // that session is not this browser's any more
  }
  shutDevice();
  await client.cancelQueries();
  if (isHolder(session)) {
    if (await holdDevice(session)) tellTabs();
  } else {
    const before = await kept("session");
    if (before && before.account !== session.account && (await emptyDevice(["kept", "drafts"]))) tellTabs();
  }
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
  client.setQueryData(sessionQuery.queryKey, session);
  await queue.serve(isHolder(session) ? session.account : undefined);
}

/** Nothing of the account stays in the page's memory, and nothing that was asked for it arrives there. */
async function forget(): Promise<void> {
  await queue.serve(undefined).catch(() => undefined);
  await client.cancelQueries();
  client.clear();
}

/**
 * Drafts, waiting submissions, kept names and codes are wiped, here and in the other tabs. Where the server cannot be
 * reached all the same: it is told as soon as it can, and until then nobody is signed in here. True if it knows.
 */
export async function signOut(): Promise<boolean> {
  leaving = true;
  try {
    return await leave();
  } finally {
    leaving = false;
  }
}

async function leave(): Promise<boolean> {
  const lasting = noteLeaving();
  shutDevice(); // nothing that is still on its way is kept
  let told = true;
  try {
    await tellServer();
  } catch (error) {
    if (!lasting || !isLater(error)) {
      noteLeft();
      const session = client.getQueryData(sessionQuery.queryKey);
      if (session && isHolder(session)) await holdDevice(session);
      throw error;
    }
    told = false;
  }
  await queue.serve(undefined).catch(() => undefined);
  const emptied = await emptyDevice();
  tellTabs();
  await forget();
  client.setQueryData(sessionQuery.queryKey, null);
  if (told && emptied) noteLeft();
  return told;
}

async function end(empty: () => Promise<unknown>, known: null | undefined): Promise<void> {
  if (ending || leaving) return;
  ending = true;
  try {
    shutDevice();
    await empty();
    await forget();
    if (known === null) client.setQueryData(sessionQuery.queryKey, null);
  } finally {
    ending = false;
  }
  await router?.invalidate();
}

/**
 * Follows a session that ends by itself (expired, revoked elsewhere): names and codes go, what waits stays for its
 * owner. And one that was ended in another tab.
 */
export function watchSession(following: { invalidate: () => Promise<void> }): void {
  router = following;
  onSignedOut(() => {
    if (client.getQueryData(sessionQuery.queryKey) !== null) void end(() => emptyDevice(["kept"]), null);
  });
  onTold(() => {
    if (client.getQueryData(sessionQuery.queryKey) !== null) void end(emptyTab, undefined);
  });
  addEventListener("online", () => void finishLeaving());
}

// ---- the other tabs: what they show and what they ask for is of an account that this device does not know any more ----

const name = "luytre-session";
const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : undefined;

function tellTabs(): void {
  if (channel) return channel.postMessage("over");
  try {
    localStorage.setItem(name, crypto.randomUUID());
  } catch {
    // then each finds out by itself when it next asks the server
  }
}

function onTold(listener: () => void): void {
  if (channel) channel.onmessage = listener;
  else addEventListener("storage", ({ key }) => key === name && listener());
}
