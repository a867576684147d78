// What is to change, and why; another officer signs.
import { Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { NewOrderStep, Order } from "../../api/types";
import { DayField } from "../../parts/DayField";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { PlaceFields, placeOf, type PlaceDraft } from "./PlaceFields";
import { WindowFields, windowsWhole, type WindowDraft } from "./WindowFields";

const changes = ["extend", "shorten", "move", "windows", "release"] as const satisfies readonly NewOrderStep["kind"][];
export type Change = (typeof changes)[number];

/** Windows are those of checks at home. */
export const changesOf = (of: Order) => changes.filter((one) => one !== "windows" || (of.kind !== "observation" && of.placeKind === "home"));

interface Props {
  kind: Change;
  busy: boolean;
  problem: unknown;
  onStep: (step: NewOrderStep) => void;
  onClose: () => void;
}

export function StepDialog({ kind, busy, problem, onStep, onClose }: Props) {
  const { t } = useTranslation();
  const [lastDay, setLastDay] = useState<string>();
  const [draft, setDraft] = useState<PlaceDraft>({});
  const [source, setSource] = useState("");
  const [windows, setWindows] = useState<WindowDraft[]>([]);
  const dated = kind === "extend" || kind === "shorten";
  const place = kind === "move" ? placeOf(draft) : undefined;
  return (
    <ReasonDialog
      opened
      title={t(`orders.do.${kind}`)}
      action={t("orders.propose")}
      ready={(!dated || lastDay !== undefined) && (kind !== "move" || place !== undefined) && (kind !== "windows" || windowsWhole(windows))}
      busy={busy}
      error={<ProblemNote error={problem} />}
      onReason={(reason) => onStep({ kind, ...(dated && lastDay ? { lastDay } : {}), ...(place ? { place } : {}), ...(source.trim() ? { source: source.trim() } : {}), ...(kind === "windows" ? { windows } : {}), reason })}
      onClose={onClose}
    >
      <Stack>
        <p>{t(`orders.then.${kind}`)}</p>
        {dated && <DayField label={t("orders.newLastDay")} value={lastDay} onChange={setLastDay} error={fieldText(t, problem, "/lastDay")} required />}
        {kind === "extend" && (
          <TextInput label={t("orders.moreSource")} description={t("orders.moreSourceHelp")} value={source} onChange={(event) => setSource(event.currentTarget.value)} maxLength={300} error={fieldText(t, problem, "/source")} />
        )}
        {kind === "windows" && <WindowFields windows={windows} onChange={setWindows} problem={problem} />}
        {kind === "move" && <PlaceFields draft={draft} onChange={setDraft} problem={problem} />}
      </Stack>
    </ReasonDialog>
  );
}
