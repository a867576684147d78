// Vite plugin: puts the reader of machine-readable zones (Tesseract: worker, core, model) below a folder of its version,
// as it wants them by name. They are large, fetched when somebody first takes such a picture, and never from elsewhere.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { resolve } = createRequire(import.meta.url);
const { version } = JSON.parse(readFileSync(resolve("tesseract.js/package.json"), "utf8"));

export const readerFolder = `reader-${version}`;
const files = {
  "worker.js": "tesseract.js/dist/worker.min.js",
  "core.wasm.js": "tesseract.js-core/tesseract-core-lstm.wasm.js", // the one that needs nothing newer than WebAssembly
  "eng.traineddata.gz": "@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz",
};

/** `carried`: by this app; else the citizen app of the same server has it. */
export function reader({ carried = true } = {}) {
  return {
    name: "luytre-reader",
    config: () => ({ define: { READER_FOLDER: JSON.stringify("/" + readerFolder) } }),
    configureServer: ({ middlewares }) =>
      void middlewares.use(`/${readerFolder}`, (request, answer, next) => {
        const path = files[request.url?.slice(1) ?? ""];
        if (!path) return next();
        if (path.endsWith(".js")) answer.setHeader("Content-Type", "text/javascript");
        answer.end(readFileSync(resolve(path)));
      }),
    generateBundle() {
      if (!carried) return;
      for (const [name, path] of Object.entries(files))
        this.emitFile({ type: "asset", fileName: `${readerFolder}/${name}`, source: readFileSync(resolve(path)) });
    },
  };
}
