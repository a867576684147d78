// The typed client: openapi-fetch over the types generated from the server's own description, so a change of contract
// breaks the build. Every request carries what the server's cross-site protection wants and the language in which
// errors are to be worded.

import createClient from "openapi-fetch";

import { ApiError, problemOf, Unreachable } from "./problem";
import type { paths } from "./schema";

export interface ClientOptions {
  /** "vi" or "en", asked for at each request. */
  language: () => string;
  /** Called on a 401 other than that of GET /auth/session and of sign-in, which ask on purpose. */
  onSignedOut?: () => void;
  fetch?: (request: Request) => Promise<Response>;
}

export function createApi(options: ClientOptions) {
  const client = createClient<paths>({
    baseUrl: globalThis.location?.origin ?? "http://localhost",
    credentials: "same-origin",
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
  client.use({
    onRequest({ request }) {
      request.headers.set("X-Requested-With", "luytre");
      request.headers.set("Accept-Language", options.language());
      return request;
    },
    onResponse({ request, response }) {
      if (response.status === 401 && !/\/auth\/(session|sign-in|officer\/sign-in)$/.test(new URL(request.url).pathname))
        options.onSignedOut?.();
    },
    onError({ error }) {
      return new Unreachable(error);
    },
  });
  return client;
}

export type Api = ReturnType<typeof createApi>;

/** The answer of a call, or a throw: ApiError when the server says no, Unreachable when there is no answer. */
export async function ask<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<NonNullable<T>> {
  const { data, error, response } = await call.catch((fault: unknown) => {
    // The line broke within the answer, or somebody else's page came in its place: nothing is known of what was done.
    throw fault instanceof Unreachable ? fault : new Unreachable(fault);
  });
  if (!response.ok) {
    const retry = Number(response.headers.get("Retry-After") ?? NaN);
    throw new ApiError(problemOf(error, response), Number.isFinite(retry) ? retry : undefined);
  }
  return data as NonNullable<T>;
}

/** Header parameters of an edit: the version that was read. */
export function ifMatch(version: number): { "If-Match": string } {
  return { "If-Match": `"${version}"` };
}
