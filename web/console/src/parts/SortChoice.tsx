// What a list is sorted by, where its heads are not shown: on a phone, or where it has none.
import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { SortOrder } from "../logic/sorting";
import styles from "./FilterBar.module.css";

interface Props<S extends string> {
  sorts: readonly { sort: S; label: string }[];
  /** Absent: by none of them, as `unsorted` says. */
  sorted?: { sort: S; order: SortOrder } | undefined;
  onSort: (sort: S, order: SortOrder) => void;
  /** The list has no heads. */
  headless?: boolean;
  /** How the list stands by none of them, if that can be chosen. */
  unsorted?: { label: string; onChoose: () => void };
}

export function SortChoice<S extends string>({ sorts, sorted, onSort, headless, unsorted }: Props<S>) {
  const { t } = useTranslation();
  const options = sorts.flatMap(({ sort, label }) => (["ascending", "descending"] as const).map((order) => ({ sort, order, value: `${sort} ${order}`, label: t(`common.sorted.${order}`, { what: label }) })));
  return (
    <div className={headless ? undefined : styles.phone}>
      <Select
        aria-label={t("common.sortBy")}
        data={[...(unsorted ? [{ value: "", label: unsorted.label }] : []), ...options.map(({ value, label }) => ({ value, label }))]}
        value={sorted ? `${sorted.sort} ${sorted.order}` : ""}
        allowDeselect={false}
        onChange={(value) => {
          const chosen = options.find((one) => one.value === value);
          if (chosen) onSort(chosen.sort, chosen.order);
          else if (value === "") unsorted?.onChoose();
        }}
      />
    </div>
  );
}
