// A place in words: a unit chosen from those found, or anything typed, for it may lie abroad.
import { Autocomplete } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { unitSearchQuery } from "../../api/units";

interface Props {
  id: string;
  label: string;
  description: string | undefined;
  error: string | undefined;
  required: boolean;
  maxLength: number | undefined;
  value: string;
  /** The unit is known only while the text is exactly what was chosen. */
  onValue: (text: string, unit?: string) => void;
}

export function PlaceField({ value, onValue, ...field }: Props) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(value.trim(), 180);
  const hits = (useQuery(unitSearchQuery(settled.length >= 2 ? settled : "")).data?.items ?? []).filter(({ unit }) => !unit.validTo);
  const units = new Map(hits.map(({ path, unit }) => [path, unit.id]));
  return (
    <Autocomplete
      {...field}
      placeholder={t("common.unitPlaceholder")}
      autoComplete="off"
      data={[...units.keys()]}
      filter={({ options }) => options}
      value={value}
      onChange={(text) => onValue(text, units.get(text))}
    />
  );
}
