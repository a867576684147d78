// Puts the service worker to work, and offers a new version when one is there: never in the middle of a form.

import { toast } from "../app/toast";
import { say } from "../i18n";

export function install(): void {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  void navigator.serviceWorker.register("/sw.js", { scope: "/" }).then(
    (registration?: ServiceWorkerRegistration) => registration && watch(registration),
    () => undefined, // refused (private window, no space): the app works without
  );
}

function watch(registration: ServiceWorkerRegistration): void {
  const offer = (worker: ServiceWorker) => {
    if (!navigator.serviceWorker.controller) return; // the first one ever
    toast(
      { text: say("update.text"), action: { text: say("update.action"), run: () => worker.postMessage("take over") } },
      0,
    );
  };
  if (registration.waiting) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => worker.state === "installed" && offer(worker));
  });
  let reloading = false;
  const controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (reloading || !controlled) return;
    reloading = true;
    location.reload();
  });
}
