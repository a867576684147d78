// What is said of an outbreak: its name, disease, unit in charge, setting, opening day; of an open one its source case, too.
import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import { placeKindsQuery } from "../../api/places";
import { useOfficer } from "../../api/session";
import type { Outbreak } from "../../api/types";
import { ownArea } from "../../logic/navigation";
import { DayField } from "../../parts/DayField";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";
import { useDiseaseName } from "../../parts/useNames";
import { useLanguage } from "../../parts/When";

export interface Said {
  name: string;
  disease: string;
  unit: string;
  setting?: string;
  openedOn?: string;
  source?: string;
}

interface Props {
  /** The outbreak that is changed; without it a new one is opened. */
  of?: Outbreak;
  /** Of a new one whose cases are chosen already. */
  disease?: string;
  action: string;
  busy: boolean;
  error: unknown;
  onSaid: (said: Said) => void;
  onClose: () => void;
}

export function OutbreakForm({ of, disease: given, action, busy, error, onSaid, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const diseaseName = useDiseaseName();
  const area = ownArea(useOfficer());
  const diseases = useQuery(diseasesQuery);
  const kinds = useQuery(placeKindsQuery);
  const fixed = of?.disease ?? given;
  const [name, setName] = useState(of?.name ?? "");
  const [disease, setDisease] = useState<string | null>(fixed ?? null);
  const [unit, setUnit] = useState<string | undefined>(of?.unit ?? area);
  const [setting, setSetting] = useState<string | null>(of?.setting ?? null);
  const [openedOn, setOpenedOn] = useState<string | undefined>(of?.openedOn);
  const [source, setSource] = useState(of?.source?.number ?? "");
  const typed = source.trim().toUpperCase();
  const field = (pointer: string) => fieldText(t, error, pointer);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!name.trim() || !disease || !unit) return;
        onSaid({ name: name.trim(), disease, unit, ...(setting ? { setting } : {}), ...(openedOn ? { openedOn } : {}), ...(typed ? { source: typed } : {}) });
      }}
    >
      <Stack>
        <TextInput label={t("outbreaks.name")} description={t("outbreaks.nameHelp")} value={name} onChange={(event) => setName(event.currentTarget.value)} error={field("/name")} maxLength={120} required data-autofocus />
        {fixed ? (
          <TextInput label={t("cases.disease")} value={diseaseName(fixed)} readOnly />
        ) : (
          <Select
            label={t("cases.disease")}
            data={(diseases.data?.items ?? []).map((one) => ({ value: one.id, label: one.name[language] }))}
            value={disease}
            onChange={setDisease}
            error={field("/disease")}
            required
          />
        )}
        <UnitSelect label={t("outbreaks.unit")} value={unit} onChange={setUnit} error={field("/unit")} required />
        <Select
          label={t("outbreaks.setting")}
          description={t("outbreaks.settingHelp")}
          data={(kinds.data?.items ?? []).map((one) => ({ value: one.kind, label: one.title[language] }))}
          value={setting}
          onChange={setSetting}
          error={field("/setting")}
          clearable
          searchable
        />
        <DayField label={t("outbreaks.openedOn")} description={t("outbreaks.openedOnHelp")} value={openedOn} onChange={setOpenedOn} max={localDate(Date.now())} error={field("/openedOn")} />
        {of && (
          <TextInput
            label={t("outbreaks.source")}
            description={t("outbreaks.sourceHelp")}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
            error={field("/source")}
            maxLength={40}
            autoComplete="off"
          />
        )}
        <ProblemNote error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!name.trim() || !disease || !unit} loading={busy}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
