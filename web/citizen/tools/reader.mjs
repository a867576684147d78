// Vite plugin: puts the reader of machine-readable zones (Tesseract: worker, core, model) below a folder of its version,
// as it wants them by name. They are large, fetched when a guard first takes such a picture, and never from elsewhere.

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

export function reader() {
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
      for (const [name, path] of Object.entries(files))
        this.emitFile({ type: "asset", fileName: `${readerFolder}/${name}`, source: readFileSync(resolve(path)) });
    },
  };
}
