// Finds a registered place of a unit while typing; diacritics may be left out.
import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { usePlaces } from "../api/places";

interface Props extends Omit<SelectProps, "data" | "value" | "onChange"> {
  unit: string;
  value: string | undefined;
  onChange: (place: string | undefined) => void;
}

export function PlaceSelect({ unit, value, onChange, ...props }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<{ value: string; label: string }>();
  const [settled] = useDebouncedValue(typed, 180);
  // Once chosen, the box holds the place's name; that is not a search.
  const q = settled === chosen?.label ? "" : settled;
  const found = usePlaces({ unit, ...(q ? { q } : {}) });
  const options = found.rows.map((place) => ({ value: place.id, label: `${place.name}, ${place.unitPath}` }));
  const mine = chosen?.value === value ? chosen : undefined;
  const data = mine && !options.some((option) => option.value === value) ? [mine, ...options] : options;
  return (
    <Select
      {...props}
      searchable
      clearable
      data={data}
      value={value ?? null}
      onChange={(next, option) => {
        setChosen(option ? { value: option.value, label: option.label } : undefined);
        onChange(next ?? undefined);
      }}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      nothingFoundMessage={t(found.loading ? "common.searching" : "common.nothingFound")}
    />
  );
}
