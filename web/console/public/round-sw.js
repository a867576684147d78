// Service worker of the console, there only while a round of visits is taken along: without a network its page opens from what it put aside
// (src/api/kept-page.ts). It keeps nothing itself, and never touches /api/.
const kept = "console-round";
const { pathname: base } = new URL(self.registration.scope);
const page = `${base}round`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => (pathname === page ? fromKept(page) : Response.redirect(page))));
  else if (pathname.startsWith(`${base}assets/`)) event.respondWith(fetch(request).catch(() => fromKept(pathname)));
});

async function fromKept(path) {
  const cache = await caches.open(kept);
  return (await cache.match(path)) ?? Response.error();
}
