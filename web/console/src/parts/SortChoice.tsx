// What a list is sorted by, where its heads are not shown: on a phone.
import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { SortOrder } from "../logic/sorting";
import styles from "./FilterBar.module.css";

interface Props<S extends string> {
  sorts: readonly { sort: S; label: string }[];
  sorted: { sort: S; order: SortOrder };
  onSort: (sort: S, order: SortOrder) => void;
}

export function SortChoice<S extends string>({ sorts, sorted, onSort }: Props<S>) {
  const { t } = useTranslation();
  const options = sorts.flatMap(({ sort, label }) => (["ascending", "descending"] as const).map((order) => ({ sort, order, value: `${sort} ${order}`, label: t(`common.sorted.${order}`, { what: label }) })));
  return (
    <div className={styles.phone}>
      <Select
        aria-label={t("common.sortBy")}
        data={options.map(({ value, label }) => ({ value, label }))}
        value={`${sorted.sort} ${sorted.order}`}
        allowDeselect={false}
        onChange={(value) => {
          const chosen = options.find((one) => one.value === value);
          if (chosen) onSort(chosen.sort, chosen.order);
        }}
      />
    </div>
  );
}
