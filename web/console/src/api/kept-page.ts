// The page of a round can be loaded anew without a network: the browser keeps what it is made of while the round lasts, and public/round-sw.js answers
// with it. Files of the console alone: nobody's data.
const kept = "console-round"; // not luytre-…: those are the citizen app's, which clears them
const base = import.meta.env.BASE_URL;

const able = (): boolean => !import.meta.env.DEV && "serviceWorker" in navigator && "caches" in globalThis;

// Noted as they load: the browser's own list of what was loaded is short, and an office that worked for an hour has filled it.
const files = new Set<string>();
const note = (entries: PerformanceEntryList) => {
  for (const { name } of entries) {
    const { origin, pathname } = new URL(name);
    if (origin === location.origin && pathname.startsWith(`${base}assets/`)) files.add(pathname);
  }
};
const loading = able() ? new PerformanceObserver((list) => note(list.getEntries())) : undefined;
loading?.observe({ type: "resource", buffered: true });

/** Of this page, once it is loaded. Resolved with whether it is kept. */
export async function keepPage(): Promise<boolean> {
  if (!loading) return false;
  note(loading.takeRecords());
  const cache = await caches.open(kept);
  await cache.addAll([`${base}round`, ...files]);
  // The server may have a newer console by now: what is open here does not go with its page.
  const page = await (await cache.match(`${base}round`))?.text();
  const scripts = [...(page ?? "").matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, path]) => path);
  if (scripts.some((path) => path === undefined || !files.has(path))) {
    await forgetPage();
    return false;
  }
  const registration = await navigator.serviceWorker.register(`${base}round-sw.js`, { scope: base });
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (!worker) return false;
  if (worker.state === "activated") return true;
  return new Promise((resolve) =>
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated" || worker.state === "redundant") resolve(worker.state === "activated");
    }),
  );
}

export async function forgetPage(): Promise<void> {
  if (!able()) return;
  await caches.delete(kept);
  // Asked for by scope: that of the citizen app covers this address, too.
  const all = await navigator.serviceWorker.getRegistrations();
  for (const one of all) if (new URL(one.scope).pathname === base) await one.unregister();
}
