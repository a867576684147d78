import type { Plugin } from "vite";

export const readerFolder: string;
export function reader(options?: { carried?: boolean }): Plugin;
