// Signing in and out, as the rest of the app sees it.

import { ApiError, ask, type Session } from "@luytre/shared/api";
import { useQuery } from "@tanstack/react-query";

import { api, client, onSignedOut, queue } from "./api";
import { device, shutDevice } from "./device";
import { sessionQuery } from "./queries";

export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}

/** After a sign-in or a second proof: what was known of another account on this device goes. */
export async function entered(session: Session): Promise<void> {
  const before = await device.get<Session>("kept", "session").catch(() => undefined);
  if (before && before.account !== session.account) await device.wipe(["kept", "drafts"]);
  shutDevice(false);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
  client.setQueryData(sessionQuery.queryKey, session);
  await queue.serve(session.level === "full" && session.kind === "citizen" ? session.account : undefined);
}

async function forget(): Promise<void> {
  await queue.serve(undefined);
  client.clear();
  client.setQueryData(sessionQuery.queryKey, null);
}

/** Drafts, waiting submissions, kept names and codes are wiped; a session that is over already is no obstacle. */
export async function signOut(): Promise<void> {
  try {
    await ask(api.POST("/api/v1/auth/sign-out", {}));
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
  }
  shutDevice(true);
  await device.wipe();
  await forget();
}

let router: { invalidate: () => Promise<void> } | undefined;

/**
 * Follows a session that ends by itself (expired, revoked elsewhere): names and codes go, what waits stays for its
 * owner.
 */
export function watchSession(following: { invalidate: () => Promise<void> }): void {
  router = following;
  onSignedOut(() => {
    if (client.getQueryData(sessionQuery.queryKey) === null) return;
    shutDevice(true);
    void device
      .wipe(["kept"])
      .then(forget)
      .then(() => router?.invalidate());
  });
}
