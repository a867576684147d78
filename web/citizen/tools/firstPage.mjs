// Vite plugin: index.html names what the first page of a first visit needs, so that a slow line is asked for all of it at
// once, not for one file after the other as each is read.

const first = ["src/start.tsx", "src/pages/SignIn.tsx"];

export function firstPage() {
  return {
    name: "luytre-first-page",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        const chunks = Object.values(bundle).filter(({ type }) => type === "chunk");
        const files = new Set();
        const need = (file) => {
          if (files.has(file)) return;
          files.add(file);
          for (const style of bundle[file].viteMetadata?.importedCss ?? []) files.add(style);
          bundle[file].imports.forEach(need);
        };
        for (const source of first) {
          const chunk = chunks.find(({ facadeModuleId, moduleIds }) =>
            (facadeModuleId ? [facadeModuleId] : moduleIds).some((id) => id.endsWith("/" + source)),
          );
          if (!chunk) throw new Error(`${source} is not in the build: has it been renamed?`);
          need(chunk.fileName);
        }
        return [...files]
          .filter((file) => !html.includes(`"/${file}"`))
          .map((file) => ({
            tag: "link",
            attrs: file.endsWith(".css")
              ? { rel: "preload", as: "style", crossorigin: true, href: "/" + file }
              : { rel: "modulepreload", crossorigin: true, href: "/" + file },
            injectTo: "head",
          }));
      },
    },
  };
}
