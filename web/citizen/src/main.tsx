// What stands in index.html is shown first; the app, a hundred times as much, is worked out after that.

import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/ui.css";

import { dress } from "./ui/fonts";

/** A page that nobody looks at is not painted: it waits for nothing. */
const painted = () =>
  new Promise<void>((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 100);
  });

/** Keeping the app on the device can wait until it stands. */
function installLater(): void {
  const later = () => setTimeout(() => void import("./offline/install").then(({ install }) => install(), () => undefined), 2000);
  if (document.readyState === "complete") later();
  else addEventListener("load", later, { once: true });
}

dress();
await painted();
await (await import("./start")).start();
installLater();
