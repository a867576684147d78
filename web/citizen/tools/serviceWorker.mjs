// Vite plugin: writes dist/sw.js with the list of the build's files and a version that changes when any of them does.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function serviceWorker() {
  let publicDir;
  return {
    name: "luytre-service-worker",
    apply: "build",
    configResolved: (config) => void (publicDir = config.publicDir),
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const hash = createHash("sha256");
        const shell = ["/"];
        const later = [];
        for (const [name, output] of Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1))) {
          hash.update(name).update(output.type === "chunk" ? output.code : output.source);
          if (name === "index.html" || name.endsWith(".map")) continue;
          (/\.(wasm|woff2)$|^reader-/.test(name) ? later : shell).push("/" + name);
        }
        for (const name of readdirSync(publicDir)) {
          hash.update(name).update(readFileSync(join(publicDir, name)));
          if (/^(mark\.svg|manifest\.webmanifest)$/.test(name)) shell.push("/" + name);
        }
        const source = readFileSync(new URL("../src/offline/sw.js", import.meta.url), "utf8")
          .replace("LUYTRE_VERSION", JSON.stringify(hash.digest("hex").slice(0, 16)))
          .replace("= LUYTRE_SHELL", "= " + JSON.stringify(shell))
          .replace("= LUYTRE_LATER", "= " + JSON.stringify(later));
        this.emitFile({ type: "asset", fileName: "sw.js", source });
      },
    },
  };
}
