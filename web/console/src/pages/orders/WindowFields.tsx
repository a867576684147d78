import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { NewOrder } from "../../api/types";
import { fieldText } from "../../parts/ProblemNote";

export type WindowDraft = NonNullable<NewOrder["windows"]>[number];

const most = 6;
const clock = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

/** Whole: each is a time of day, and ends after it began. */
export const windowsWhole = (windows: readonly WindowDraft[]) => windows.every(({ from, until }) => clock.test(from) && clock.test(until) && from < until);

/** The windows of a day; none: those of the rule set. */
export function WindowFields({ windows, onChange, problem }: { windows: readonly WindowDraft[]; onChange: (next: WindowDraft[]) => void; problem: unknown }) {
  const { t } = useTranslation();
  const set = (at: number, change: Partial<WindowDraft>) => onChange(windows.map((one, i) => (i === at ? { ...one, ...change } : one)));
  const fault = fieldText(t, problem, "/windows");
  return (
    <Stack gap="xs">
      <p className="quiet">{t("orders.checks.windowsHelp")}</p>
      {windows.map((one, i) => (
        <Group key={i} align="flex-end" gap="xs">
          <TextInput label={t("orders.checks.from", { number: i + 1 })} placeholder="08:00" value={one.from} onChange={(event) => set(i, { from: event.currentTarget.value })} maxLength={5} w={96} />
          <TextInput label={t("orders.checks.until", { number: i + 1 })} placeholder="12:00" value={one.until} onChange={(event) => set(i, { until: event.currentTarget.value })} maxLength={5} w={96} />
          <Button variant="subtle" aria-label={t("orders.checks.removeWindow", { number: i + 1 })} onClick={() => onChange(windows.filter((_, at) => at !== i))}>
            ×
          </Button>
        </Group>
      ))}
      {fault && <p role="alert">{fault}</p>}
      {windows.length < most && (
        <div>
          <Button variant="default" size="compact-sm" onClick={() => onChange([...windows, { from: "", until: "" }])}>
            {t("orders.checks.addWindow")}
          </Button>
        </div>
      )}
    </Stack>
  );
}
