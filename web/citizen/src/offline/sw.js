// Service worker: the app's own files, so that it opens without a network. It never touches /api/ (nobody's data are
// cached) nor the console. A new version is fetched whole beside the old one and takes over when the person says so or
// all tabs are closed, so a page never mixes two versions. LUYTRE_SHELL and LUYTRE_LATER are filled in by the build
// (tools/serviceWorker.mjs).

const version = LUYTRE_VERSION;
const shell = LUYTRE_SHELL; // everything a page may need
const later = LUYTRE_LATER; // large, fetched when first used and kept from then on
const cacheName = `luytre-${version}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(cacheName).then((cache) => cache.addAll(shell.map((url) => new Request(url, { cache: "no-cache" })))),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(moveIn().then(() => self.clients.claim()));
});

// Large files that have not changed (their names hold their hash) are taken over from the version before.
async function moveIn() {
  const cache = await caches.open(cacheName);
  for (const name of await caches.keys()) {
    if (!name.startsWith("luytre-") || name === cacheName) continue;
    const before = await caches.open(name);
    for (const url of later) {
      const kept = await before.match(url);
      if (kept) await cache.put(url, kept);
    }
    await caches.delete(name);
  }
}

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (isOurs(url.pathname)) event.respondWith(fromCache("/", request));
    return;
  }
  if (shell.includes(url.pathname) || later.includes(url.pathname)) event.respondWith(fromCache(url.pathname, request));
});

function isOurs(path) {
  return !/^\/(api|console|healthz|readyz|metrics)(\/|$)/.test(path) && !/\.[a-z0-9]+$/i.test(path);
}

async function fromCache(key, request) {
  const cache = await caches.open(cacheName);
  const found = await cache.match(key);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && later.includes(key)) await cache.put(key, answer.clone());
  return answer;
}
