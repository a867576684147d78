// Short confirmations at the edge of the screen, read out by screen readers; never the only place where an error is told.
import { CloseButton } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import styles from "./Toasts.module.css";

interface Toast {
  id: number;
  text: string;
}

let toasts: Toast[] = [];
let next = 1;
const watchers = new Set<() => void>();

function put(list: Toast[]): void {
  toasts = list;
  watchers.forEach((watcher) => watcher());
}

const drop = (id: number) => put(toasts.filter((toast) => toast.id !== id));

/** Second by second: while the machine stands still nobody reads. */
function fade(id: number, seconds: number): void {
  setTimeout(() => (seconds > 1 ? fade(id, seconds - 1) : drop(id)), 1000);
}

export function say(text: string): void {
  const toast = { id: next++, text };
  put([...toasts.slice(-2), toast]);
  fade(toast.id, 6);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function Toasts() {
  const { t } = useTranslation();
  const shown = useSyncExternalStore(watch, () => toasts);
  return (
    <div className={`${styles.toasts} no-print`} role="status" aria-live="polite">
      {shown.map((toast) => (
        <div key={toast.id} className={styles.toast}>
          <IconCheck size={18} aria-hidden />
          <span>{toast.text}</span>
          <CloseButton size="sm" c="white" variant="transparent" aria-label={t("common.close")} onClick={() => drop(toast.id)} />
        </div>
      ))}
    </div>
  );
}
