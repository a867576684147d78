// A day, typed day first ("5/3/2026") or picked from a calendar; and a moment: day and time of day ("8h30"), both at +07:00.
import { ActionIcon, Popover, TextInput } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { localDate } from "@luytre/shared/time";
import { IconCalendar } from "@tabler/icons-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { instantOf, parseClock, parseDay, partsOf, showDay } from "../logic/moments";
import styles from "./DayField.module.css";
import { useLanguage } from "./When";

/** A form is not sent without what is half typed: the browser says why, and leads there. */
function useFlaw(flaw: string | undefined) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.setCustomValidity(flaw ?? ""), [flaw]);
  return input;
}

interface FieldProps {
  label: string;
  description?: ReactNode;
  error?: ReactNode;
  required?: boolean;
}

interface DayProps extends FieldProps {
  value: string | undefined;
  onChange: (date: string | undefined) => void;
  max?: string;
}

export function DayField({ value, onChange, max, ...field }: DayProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [draft, setDraft] = useState<string>();
  const [open, setOpen] = useState(false);
  const typed = draft ?? (value ? showDay(value) : "");
  const wrong = draft !== undefined && draft.trim() !== "" && !parseDay(draft);
  const input = useFlaw(wrong ? t("common.noSuchDay") : undefined);
  const take = (date: string | undefined) => {
    setDraft(undefined);
    onChange(date);
  };
  return (
    <TextInput
      {...field}
      ref={input}
      value={typed}
      placeholder={t("common.dayPlaceholder")}
      inputMode="numeric"
      autoComplete="off"
      error={wrong ? t("common.noSuchDay") : field.error}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setDraft(text);
        onChange(parseDay(text));
      }}
      onBlur={() => !wrong && setDraft(undefined)}
      rightSection={
        <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" trapFocus>
          <Popover.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t("common.calendar")} onClick={() => setOpen(!open)}>
              <IconCalendar size={17} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            <DatePicker
              locale={language}
              value={value ?? null}
              maxDate={max}
              defaultDate={value ?? max ?? localDate(Date.now())}
              onChange={(date) => {
                take(date ?? undefined);
                setOpen(false);
              }}
            />
          </Popover.Dropdown>
        </Popover>
      }
    />
  );
}

interface MomentProps extends FieldProps {
  value: string | undefined;
  onChange: (instant: string | undefined) => void;
  max?: string;
}

/** Day and time of day make one instant; while either is missing the value is undefined. */
export function MomentField({ value, onChange, label, error, description, required, max }: MomentProps) {
  const { t } = useTranslation();
  const given = value ? partsOf(value) : undefined;
  const [date, setDate] = useState(given?.date);
  const [clock, setClock] = useState(given?.clock ?? "");
  const settle = (nextDate: string | undefined, nextClock: string) => {
    setDate(nextDate);
    setClock(nextClock);
    const time = parseClock(nextClock);
    onChange(nextDate && time ? instantOf(nextDate, time) : undefined);
  };
  const wrong = clock.trim() !== "" && !parseClock(clock);
  const half = (date === undefined) !== (clock.trim() === "");
  const input = useFlaw(wrong ? t("common.noSuchTime") : half ? t("common.dayAndTime") : undefined);
  return (
    <div className={styles.moment}>
      <DayField
        label={label}
        description={description}
        {...(required ? { required } : {})}
        value={date}
        onChange={(next) => settle(next, clock)}
        error={error}
        {...(max ? { max } : {})}
      />
      <TextInput
        ref={input}
        aria-label={`${label}, ${t("common.clock")}`}
        className={styles.clock}
        placeholder={t("common.clockPlaceholder")}
        inputMode="numeric"
        autoComplete="off"
        value={clock}
        error={wrong ? t("common.noSuchTime") : undefined}
        onChange={(event) => settle(date, event.currentTarget.value)}
        onBlur={() => setClock(parseClock(clock) ?? clock)}
      />
    </div>
  );
}
