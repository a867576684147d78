// A country: chosen from those found, or anything typed where none fits.
import { Autocomplete } from "@mantine/core";
import type { Kit } from "@luytre/shared/forms";
import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";

export function CountryField({ countries, text, known, onText, onLeave, maxLength, label, hint, optional, wrong, id }: ComponentProps<Kit["Country"]>) {
  const { t } = useTranslation();
  return (
    <Autocomplete
      id={id}
      label={label}
      description={hint ?? (text.trim() !== "" && !known ? t("forms.countryInWords") : undefined)}
      error={wrong}
      required={!optional}
      maxLength={maxLength}
      autoComplete="off"
      data={countries.map(({ name }) => name)}
      filter={({ options }) => options}
      value={text}
      onChange={onText}
      onBlur={onLeave}
    />
  );
}
