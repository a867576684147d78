import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useShortcuts } from "./Shortcuts";

interface Options<T> {
  rows: readonly T[];
  rowKey: (row: T) => string;
  onOpen?: ((row: T) => void) | undefined;
  onMark?: ((row: T) => void) | undefined;
  /** More keys that act on the marked row. */
  keys?: readonly { keys: string; says: string; run: (row: T) => void }[];
}

/** A list walked with j, k and Enter. Answers which row is marked, by key and index. */
export function useMarkedRow<T>({ rows, rowKey, onOpen, onMark, keys = [] }: Options<T>) {
  const { t } = useTranslation();
  const [marked, setMarked] = useState<string>();
  const index = rows.findIndex((row) => rowKey(row) === marked);
  const mark = (row: T | undefined) => {
    if (!row) return;
    setMarked(rowKey(row));
    onMark?.(row);
  };
  const withMarked = (run: (row: T) => void) => () => {
    const row = rows[index];
    if (row) run(row);
  };
  useShortcuts(
    [
      { keys: "j", says: t("keys.next"), run: () => mark(rows[Math.min(index + 1, rows.length - 1)]) },
      { keys: "k", says: t("keys.previous"), run: () => mark(rows[Math.max(index - 1, 0)]) },
      ...(onOpen ? [{ keys: "Enter", says: t("keys.open"), run: withMarked(onOpen) }] : []),
      ...keys.map((key) => ({ ...key, run: withMarked(key.run) })),
    ],
    { enabled: rows.length > 0 },
  );
  return { marked, index, mark };
}
