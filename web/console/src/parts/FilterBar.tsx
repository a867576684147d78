// The filters above a list; on a phone they wait behind a button.
import { Button } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconX } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import styles from "./FilterBar.module.css";
import { SavedViews } from "./SavedViews";

export function FilterBar({ children, onClear }: { children: ReactNode; onClear?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className={`${styles.bar} no-print`} role="search" data-open={open || undefined}>
      <button type="button" className={styles.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconAdjustmentsHorizontal size={17} aria-hidden /> {t("common.filters")}
        {onClear && <i aria-hidden />}
      </button>
      {children}
      {onClear && (
        <Button variant="subtle" color="gray" leftSection={<IconX size={15} />} onClick={onClear}>
          {t("common.clearFilters")}
        </Button>
      )}
      <SavedViews />
    </div>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T | undefined;
  options: readonly { value: T; label: string }[];
  onChange: (value: T | undefined) => void;
}

/** One of a few, or all of them: buttons in a row. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const { t } = useTranslation();
  return (
    <div className={styles.choice} role="group" aria-label={label}>
      <button type="button" aria-pressed={value === undefined} onClick={() => onChange(undefined)}>
        {t("common.all")}
      </button>
      {options.map((option) => (
        <button key={option.value} type="button" aria-pressed={value === option.value} onClick={() => onChange(option.value)}>
          {option.label}
        </button>
      ))}
    </div>
  );
}
