import type { Plugin } from "vite";
export function sharedTexts(keys?: string[]): Plugin;
export function precompress(): Plugin;
