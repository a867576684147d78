// Whether the server can be reached, as far as this device knows: the system says that there is a network, and the last
// request was answered. A network alone may lead nowhere.

const listeners = new Set<() => void>();
let answered = true;

function note(now: boolean): void {
  if (now === answered) return;
  answered = now;
  listeners.forEach((listener) => listener());
}

export const isOnline = (): boolean => navigator.onLine && answered;

export function watchOnline(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export async function watchedFetch(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    note(true);
    return answer;
  } catch (error) {
    // Whoever gave up waiting on purpose learned nothing.
    if ((error as Error).name !== "AbortError") note(false);
    throw error;
  }
}

addEventListener("online", () => {
  answered = true;
  listeners.forEach((listener) => listener());
});
addEventListener("offline", () => listeners.forEach((listener) => listener()));
