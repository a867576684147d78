// A dense table walked with j, k and Enter. On a phone each row becomes a small card, its cells labelled by their heads.
import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";
import { useEffect, useLayoutEffect, useRef, type MouseEvent, type ReactNode } from "react";

import type { SortOrder } from "../logic/sorting";
import styles from "./DataTable.module.css";
import { useMarkedRow } from "./useMarkedRow";

export interface Column<T> {
  key: string;
  head: ReactNode;
  cell: (row: T) => ReactNode;
  align?: "right";
  /** Takes what is left; others are as narrow as their content. */
  grow?: boolean;
  /** Leads the card on a phone, without a label. */
  lead?: boolean;
  /** The head is only read out. */
  silent?: boolean;
  /** Not shown on a phone. */
  desk?: boolean;
  /** Left out of a table on a screen of usual width. */
  wide?: boolean;
  /** What the list is sorted by when the head is pressed. */
  sort?: string;
}

export interface TableSorting {
  sort: string;
  order: SortOrder;
  onSort: (sort: string) => void;
}

interface Props<T> {
  rows: readonly T[];
  columns: Column<T>[];
  rowKey: (row: T) => string;
  caption: string;
  onOpen?: (row: T) => void;
  onMark?: (row: T) => void;
  /** More keys that act on the marked row. */
  keys?: readonly { keys: string; says: string; run: (row: T) => void }[];
  tone?: (row: T) => "alarm" | "faded" | undefined;
  stale?: boolean;
  /** Not walked with keys: those belong to another list of the page. */
  still?: boolean;
  sorting?: TableSorting;
}

function SortHead({ by, sorting, children }: { by: string; sorting: TableSorting; children: ReactNode }) {
  const Mark = sorting.sort !== by ? IconArrowsSort : sorting.order === "ascending" ? IconArrowUp : IconArrowDown;
  return (
    <button type="button" className={styles.sort} data-on={sorting.sort === by || undefined} onClick={() => sorting.onSort(by)}>
      {children} <Mark size={13} aria-hidden />
    </button>
  );
}

export function DataTable<T>({ rows, columns, rowKey, caption, onOpen, onMark, keys, tone, stale, still, sorting }: Props<T>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { marked, index, mark } = useMarkedRow({ rows: still ? [] : rows, rowKey, onOpen, onMark, ...(keys ? { keys } : {}) });

  // What does not fit is reached sideways; only then, for in a frame that scrolls the heads no longer stay below the strip.
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = frame;
    const table = current?.firstElementChild;
    if (!current || !table) return;
    const seen = new ResizeObserver(() => {
      const over = table.scrollWidth > current.clientWidth;
      current.toggleAttribute("data-over", over);
      if (over) current.tabIndex = 0; // scrolled with the arrow keys
      else current.removeAttribute("tabindex");
    });
    seen.observe(current);
    seen.observe(table);
    return () => seen.disconnect();
  }, []);

  useEffect(() => {
    if (index >= 0) body.current?.rows[index]?.scrollIntoView({ block: "nearest" });
  }, [index]);

  const click = (row: T) => (event: MouseEvent) => {
    if ((event.target as Element).closest("a, button, input, label")) return;
    mark(row);
    onOpen?.(row);
  };

  return (
    <div ref={frame} className={styles.frame} data-stale={stale || undefined} aria-busy={stale || undefined}>
      <table className={styles.table}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                data-align={column.align}
                data-grow={column.grow || undefined}
                data-wide={column.wide || undefined}
                aria-sort={column.sort && sorting ? (sorting.sort === column.sort ? sorting.order : "none") : undefined}
              >
                {column.silent ? (
                  <span className={styles.silent}>{column.head}</span>
                ) : column.sort && sorting ? (
                  <SortHead by={column.sort} sorting={sorting}>
                    {column.head}
                  </SortHead>
                ) : (
                  column.head
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              data-marked={rowKey(row) === marked || undefined}
              data-opens={onOpen ? true : undefined}
              data-tone={tone?.(row)}
              onClick={click(row)}
            >
              {columns.map((column) => (
                <td
                  key={column.key}
                  data-align={column.align}
                  data-lead={column.lead || undefined}
                  data-desk={column.desk || undefined}
                  data-wide={column.wide || undefined}
                  data-grow={column.grow || undefined}
                  data-label={typeof column.head === "string" && !column.silent ? column.head : undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
