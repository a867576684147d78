import { reader } from "@luytre/shared/reader";
import { precompress, sharedTexts } from "@luytre/shared/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { firstPage } from "./tools/firstPage.mjs";
import { serviceWorker } from "./tools/serviceWorker.mjs";

export default defineConfig({
  base: "/",
  plugins: [react(), sharedTexts(["fields"]), reader(), firstPage(), serviceWorker(), precompress()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the strict content policy allows no data: scripts, and files are cached better
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1100,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What loads a page, apart: the opening is shown before the rest is read.
            { name: "load", test: /vite\/preload-helper/, priority: 1 },
            // What most pages share is one file, not twenty of a few hundred bytes: each is a request on a slow network.
            // Without the later words and the list of languages (i18n/la…).
            { name: "shared", test: /\/(node_modules|src\/(app|ui|i18n(?!\/la)))\//, minShareCount: 3 },
          ],
        },
      },
    },
  },
  worker: { format: "es" },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
  preview: { proxy: { "/api": "http://127.0.0.1:8080" } },
});
