// Finds an administrative unit while typing; diacritics may be left out.
import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { unitQuery, unitSearchQuery } from "../api/units";

interface Props extends Omit<SelectProps, "data" | "value" | "onChange"> {
  value: string | undefined;
  onChange: (unit: string | undefined) => void;
}

export function UnitSelect({ value, onChange, ...props }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [settled] = useDebouncedValue(typed, 180);
  const chosen = useQuery(unitQuery(value ?? ""));
  const chosenOption = value ? { value, label: chosen.data?.path ?? "…" } : undefined;
  // Once chosen, the box holds the chosen unit's path; that is not a search.
  const search = settled === chosenOption?.label ? "" : settled;
  const found = useQuery(unitSearchQuery(search));
  const options = (found.data?.items ?? []).map((hit) => ({ value: hit.unit.id, label: hit.path }));
  const data = chosenOption && !options.some((option) => option.value === value) ? [chosenOption, ...options] : options;
  return (
    <Select
      placeholder={t("common.unitPlaceholder")}
      {...props}
      searchable
      clearable
      data={data}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      nothingFoundMessage={search ? t(found.isFetching ? "common.searching" : "common.nothingFound") : t("common.typeToSearch")}
    />
  );
}
