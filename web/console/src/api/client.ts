// The console's one client, and the small helpers its queries are written with.
import { ask, createApi } from "@luytre/shared/api";
import { replaceEqualDeep } from "@tanstack/react-query";
import i18next from "i18next";

import { queryClient } from "./query-client";

export const api = createApi({
  language: () => i18next.language || "vi",
  // The guard of the pages behind sign-in sees this and asks the officer to sign in again.
  onSignedOut: () => queryClient.setQueryData(["session"], null),
});

export { ask };

/** The header by which a repeated call changes nothing. */
export const keyed = (key: string) => ({ "Idempotency-Key": key });

/** For a row with versions: a reading that was begun before an edit and answered after it is older than what is shown, and is not. */
export const newest = {
  structuralSharing: (shown: unknown, read: unknown): unknown => {
    const version = (row: unknown) => (row as { version?: number } | undefined)?.version ?? 0;
    return version(shown) > version(read) ? shown : replaceEqualDeep(shown, read);
  },
};

/** What every list answers: some items, and a cursor when there are more. */
export interface Page<T> {
  items: T[];
  next?: string | undefined;
}
