import { reader } from "@luytre/shared/reader";
import { precompress } from "@luytre/shared/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { themeCss } from "./theme-css.ts";

// `npm run dev` serves the pages itself and passes API calls on to a server started beside it.
const server = process.env.LUYTRE_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  base: "/console/",
  plugins: [react(), themeCss(), reader({ carried: false }), precompress()],
  worker: { format: "es" },
  build: { target: "es2022", assetsInlineLimit: 0 },
  server: { proxy: { "/api": { target: server, changeOrigin: true } } },
});
