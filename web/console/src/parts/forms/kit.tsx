// What forms are drawn with here.
import { Button, Checkbox, Radio, Select, Stack, Textarea, TextInput } from "@mantine/core";
import type { Field, Kit } from "@luytre/shared/forms";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useLanguage } from "../When";
import { CountryField } from "./CountryField";
import styles from "./forms.module.css";
import { PlaceField } from "./PlaceField";

const shown = ({ label, hint, optional, wrong }: Field) => ({ label, description: hint, error: wrong, required: !optional });

export const kit: Kit = {
  useWords: () => {
    const { t } = useTranslation();
    return {
      language: useLanguage(),
      yes: t("tracing.answer.yes"),
      no: t("tracing.answer.no"),
      several: t("forms.several"),
      other: t("forms.other"),
      roughMonth: t("forms.roughMonth"),
      roughYear: t("forms.roughYear"),
      destination: t("forms.destination"),
      addLine: t("forms.addLine"),
      add: t("forms.add"),
      addAnother: t("forms.addAnother"),
      remove: (number) => t("forms.remove", { number }),
      flaw: (flaw, most) => t(`forms.flaw.${flaw}`, { most }),
    };
  },
  Choices: ({ value, onValue, options, columns, ...field }) => (
    <Radio.Group {...shown(field)} value={value ?? ""} onChange={onValue}>
      <Stack id={field.id} mt={6} gap={8} style={columns === 2 ? { flexDirection: "row" } : undefined}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} label={option.text} />
        ))}
      </Stack>
    </Radio.Group>
  ),
  Checks: ({ values, onToggle, options, ...field }) => (
    <Checkbox.Group {...shown(field)} value={[...values]}>
      <Stack id={field.id} mt={6} gap={8}>
        {options.map((option) => (
          <Checkbox key={option.value} value={option.value} label={option.text} onChange={() => onToggle(option.value)} />
        ))}
      </Stack>
    </Checkbox.Group>
  ),
  Select: ({ value, onValue, options, ...field }) => (
    <Select
      {...shown(field)}
      id={field.id}
      searchable
      clearable={field.optional}
      value={value || null}
      onChange={(chosen) => onValue(chosen ?? "")}
      data={options.map((option) => ({ value: option.value, label: option.text }))}
    />
  ),
  Input: ({ value, onValue, maxLength, type, inputMode, autoComplete, ...field }) => (
    <TextInput {...shown(field)} {...{ maxLength, type, inputMode, autoComplete }} id={field.id} value={value} onChange={(event) => onValue(event.currentTarget.value)} />
  ),
  Long: ({ value, onValue, maxLength, ...field }) => (
    <Textarea {...shown(field)} id={field.id} autosize minRows={2} maxLength={maxLength} value={value} onChange={(event) => onValue(event.currentTarget.value)} />
  ),
  Place: ({ value, onValue, maxLength, ...field }) => <PlaceField {...shown(field)} id={field.id} maxLength={maxLength} value={value} onValue={onValue} />,
  Country: CountryField,
  Act: ({ small, plus, onClick, children }) => (
    <div>
      <Button variant={small ? "subtle" : "default"} size="xs" leftSection={plus && <IconPlus size={15} />} onClick={onClick}>
        {children}
      </Button>
    </div>
  ),
  Said: ({ children }) => <p className="quiet">{children}</p>,
  Group: ({ title, children }) => (
    <section className={styles.group}>
      {title && <h3>{title}</h3>}
      {children}
    </section>
  ),
  Instance: ({ label, children }) => (
    <div role="group" aria-label={label} className={styles.instance}>
      {children}
    </div>
  ),
  Asked: ({ wrong, below, children }) => (
    <div className={styles.asked} data-question data-wrong={wrong || undefined}>
      {children}
      {below && <div className={styles.below}>{below}</div>}
    </div>
  ),
};
