// That somebody is signing out is noted before anything is done about it, so that it is finished whatever comes between:
// a page that is closed, a network that is not there. Until then this device counts as signed out.

import { ApiError, ask, Unreachable } from "@luytre/shared/api";

import { api } from "./api";
import { emptyDevice } from "./device";

const name = "luytre.signOut";
const longest = 20_000;

/** "begun" or "done", and which it was: other tabs see by it that there has been one. */
let here: string | null = null;

function read(): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return here;
  }
}

/** True if it outlives the page. */
function write(note: string): boolean {
  here = note;
  try {
    localStorage.setItem(name, note);
    return true;
  } catch {
    return false;
  }
}

export const isLeaving = (): boolean => read()?.startsWith("begun ") ?? false;

/** Taken before a question: false once somebody has begun to sign out since, in whichever tab. */
export function nobodyLeft(): () => boolean {
  const which = (note: string | null) => note?.split(" ")[1];
  const before = which(read());
  return () => which(read()) === before;
}

export const noteLeaving = (): boolean => write(`begun ${crypto.randomUUID()}`);
export const noteLeft = (): void => void write((read() ?? "begun 0").replace("begun ", "done "));

/** The server did not say no: it will hear of it later. */
export const isLater = (error: unknown): boolean =>
  error instanceof Unreachable ||
  (error instanceof ApiError && (error.status >= 500 || error.status === 408 || error.status === 429));

/** A session that is over already is no obstacle. */
export async function tellServer(): Promise<void> {
  try {
    await ask(api.POST("/api/v1/auth/sign-out", { signal: AbortSignal.timeout(longest) }));
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
  }
}

let finishing: Promise<void> | undefined;

/** What a sign-out has left to do: the device is emptied, the server is told. */
export function finishLeaving(): Promise<void> {
  if (!isLeaving()) return Promise.resolve();
  finishing ??= (async () => {
    const emptied = await emptyDevice();
    const told = await tellServer().then(
      () => true,
      (error: unknown) => !isLater(error),
    );
    if (emptied && told) noteLeft();
  })().finally(() => (finishing = undefined));
  return finishing;
}
