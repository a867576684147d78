// A Vite plugin: "virtual:theme.css" is what MantineProvider would otherwise inject as a style element, which the content security policy
// forbids.
import { convertCssVariables, defaultCssVariablesResolver, DEFAULT_THEME, mergeMantineTheme } from "@mantine/core";
import type { Plugin } from "vite";
import { theme } from "./src/theme/theme.ts";

const id = "virtual:theme.css";
const resolved = "\0" + id;

export function themeCss(): Plugin {
  return {
    name: "theme-css",
    resolveId: (source) => (source === id ? resolved : undefined),
    load(source) {
      if (source !== resolved) return undefined;
      const full = mergeMantineTheme(DEFAULT_THEME, theme);
      return convertCssVariables(defaultCssVariablesResolver(full), ":root");
    },
  };
}
