// What figures are held against: a number, where it is from, and of when. Nothing is filled in beforehand.
import { Button, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { enterDenominator } from "../../api/statistics";
import type { NewDenominator } from "../../api/types";
import { DayField } from "../../parts/DayField";
import { Dialog } from "../../parts/Dialog";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";

const measures: readonly NewDenominator["measure"][] = ["population", "smartphones", "staff", "installs"];

/** Of a unit, or the staff of one of its organisations. */
export interface Entering {
  unit: string | undefined;
  organisation?: string | undefined;
  name?: string;
}

interface Props {
  entering: Entering | undefined;
  onClose: () => void;
}

export function DenominatorForm({ entering, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened={entering !== undefined} onClose={onClose} title={entering?.name ?? t("statistics.enter")}>
      {entering && <Fields given={entering} onClose={onClose} />}
    </Dialog>
  );
}

function Fields({ given, onClose }: { given: Entering; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [unit, setUnit] = useState(given.unit);
  const [measure, setMeasure] = useState<string | null>(given.organisation ? "staff" : null);
  const [value, setValue] = useState<string | number>("");
  const [source, setSource] = useState("");
  const [asOf, setAsOf] = useState<string>();
  const entering = useMutation({
    mutationFn: enterDenominator,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["statistics"] });
      say(t("statistics.entered"));
      onClose();
    },
  });
  const chosen = measures.find((one) => one === measure);
  const field = (pointer: string) => fieldText(t, entering.error, pointer);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (unit && chosen && typeof value === "number" && asOf) entering.mutate({ unit, organisation: given.organisation, measure: chosen, value, source: source.trim(), asOf });
      }}
    >
      <Stack>
        {!given.organisation && <UnitSelect label={t("common.unit")} value={unit} onChange={setUnit} error={field("/unit")} required />}
        {!given.organisation && <Select
          label={t("statistics.measure")}
          data={measures.map((one) => ({ value: one, label: t(`statistics.measures.${one}`) }))}
          value={measure}
          onChange={setMeasure}
          required
        />}
        <NumberInput label={t("statistics.value")} value={value} onChange={setValue} min={1} allowDecimal={false} hideControls error={field("/value")} required />
        <TextInput
          label={t("statistics.source")}
          description={t("statistics.sourceHelp")}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
          maxLength={300}
          error={field("/source")}
          required
        />
        <DayField label={t("statistics.asOf")} value={asOf} onChange={setAsOf} />
        <ProblemNote error={entering.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!unit || !chosen || typeof value !== "number" || !source.trim() || !asOf} loading={entering.isPending}>
            {t("statistics.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
