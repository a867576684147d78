// Vite plugins that both apps use.

import { readdirSync, readFileSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync, constants } from "node:zlib";

const texts = fileURLToPath(new URL("../../../data/i18n/", import.meta.url));

function merge(into, from) {
  for (const [key, value] of Object.entries(from)) {
    if (value && typeof value === "object" && !Array.isArray(value)) into[key] = merge(into[key] ?? {}, value);
    else into[key] = value;
  }
  return into;
}

/**
 * Module `virtual:luytre-texts/vi` (or /en): the texts that server and web share, data/i18n/*.vi.json merged, only
 * the top keys named.
 */
export function sharedTexts(keys = ["errors"]) {
  const prefix = "virtual:luytre-texts/";
  return {
    name: "luytre-texts",
    resolveId: (id) => (id.startsWith(prefix) ? "\0" + id : undefined),
    load(id) {
      if (!id.startsWith("\0" + prefix)) return undefined;
      const language = id.slice(prefix.length + 1);
      let files = [];
      try {
        files = readdirSync(texts)
          .filter((name) => name.endsWith(`.${language}.json`) || name === `${language}.json`)
          .sort();
      } catch {
        this.warn(`no folder ${texts}: shared texts are empty`);
      }
      const all = {};
      for (const name of files) {
        this.addWatchFile(join(texts, name));
        merge(all, JSON.parse(readFileSync(join(texts, name), "utf8")));
      }
      return `export default ${JSON.stringify(Object.fromEntries(keys.map((key) => [key, all[key] ?? {}])))}`;
    },
  };
}

const compressible = /\.(js|css|html|svg|json|webmanifest|wasm)$/;

/** Writes FILE.gz beside every asset that gets smaller by it; the server sends these as they are. */
export function precompress() {
  let folder;
  return {
    name: "luytre-precompress",
    apply: "build",
    enforce: "post",
    configResolved: (config) =>
      void (folder = config.build.outDir.startsWith("/")
        ? config.build.outDir
        : join(config.root, config.build.outDir)),
    closeBundle: {
      order: "post",
      sequential: true,
      async handler() {
        for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
          if (!entry.isFile() || !compressible.test(entry.name)) continue;
          const path = join(entry.parentPath ?? entry.path, entry.name);
          const plain = await readFile(path);
          // Without a time stamp in the header equal input gives equal bytes.
          const packed = gzipSync(plain, { level: constants.Z_BEST_COMPRESSION });
          if (packed.length < plain.length * 0.95) await writeFile(path + ".gz", packed);
        }
      },
    },
  };
}
