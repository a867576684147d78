// The keyboard: pages say which keys they answer to, "?" lists what works here and now. Keys rest while somebody types.
import { createContext, useContext, useId, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from "react";

export interface Shortcut {
  /** "j", "Enter", "?", or two keys in a row: "g c". */
  keys: string;
  says: string;
  run: () => void;
}

interface Layer {
  id: string;
  depth: number;
  shortcuts: Shortcut[];
}

class Keyboard {
  private layers = new Map<string, Layer>();
  private first = "";
  private forget: ReturnType<typeof setTimeout> | undefined;

  set(layer: Layer): void {
    this.layers.set(layer.id, layer);
  }
  remove(id: string): void {
    this.layers.delete(id);
  }
  /** What answers now: an open drawer or dialog silences the page beneath it. */
  active(): Shortcut[] {
    const layers = [...this.layers.values()];
    const top = Math.max(0, ...layers.map((layer) => layer.depth));
    return layers.filter((layer) => layer.depth === top).flatMap((layer) => layer.shortcuts);
  }
  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "Enter" && event.target instanceof Element && event.target.closest("a, button, summary")) return;
    const shortcuts = this.active();
    const pair = this.first ? shortcuts.find((one) => one.keys === `${this.first} ${event.key}`) : undefined;
    const hit = pair ?? shortcuts.find((one) => one.keys === event.key);
    clearTimeout(this.forget);
    this.first = hit ? "" : event.key;
    this.forget = setTimeout(() => (this.first = ""), 1200);
    if (!hit) return;
    event.preventDefault();
    hit.run();
  }
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

const KeyboardContext = createContext<Keyboard | null>(null);

export function KeyboardProvider({ children }: { children: ReactNode }) {
  const [keyboard] = useState(() => new Keyboard());
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => keyboard.press(event);
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [keyboard]);
  return <KeyboardContext value={keyboard}>{children}</KeyboardContext>;
}

export function useKeyboard(): Keyboard {
  const keyboard = useContext(KeyboardContext);
  if (!keyboard) throw new Error("no KeyboardProvider");
  return keyboard;
}

/** Answers to these keys while the caller is shown. `depth` 0: page; 1: drawer or dialog above it. */
export function useShortcuts(shortcuts: Shortcut[], { depth = 0, enabled = true } = {}): void {
  const keyboard = useKeyboard();
  const id = useId();
  const current = useRef(shortcuts);
  useLayoutEffect(() => {
    current.current = shortcuts;
  });
  // Registered once per set of keys; what they do is looked up when pressed, so that handlers are never stale.
  const described = shortcuts.map(({ keys, says }) => `${keys}\t${says}`).join("\n");
  const stable = useMemo(
    () =>
      described === ""
        ? []
        : described.split("\n").map((line, i) => {
            const [keys = "", says = ""] = line.split("\t");
            return { keys, says, run: () => current.current[i]?.run() };
          }),
    [described],
  );
  useLayoutEffect(() => {
    if (!enabled) return;
    keyboard.set({ id, depth, shortcuts: stable });
    return () => keyboard.remove(id);
  }, [keyboard, id, depth, stable, enabled]);
}
