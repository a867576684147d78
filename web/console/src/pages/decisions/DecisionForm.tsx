// A decision as the command signs it: purpose, disease, area, from, until, legal basis. The end is part of it; there are no open ends.
import { Button, Group, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import { formsQuery } from "../../api/declarations";
import { createDecision } from "../../api/decisions";
import { dutyRulesQuery } from "../../api/duties";
import type { DecisionPurpose } from "../../api/types";
import { MomentField } from "../../parts/DayField";
import { Dialog } from "../../parts/Dialog";
import { Pair } from "../../parts/Pair";
import { PlaceSelect } from "../../parts/PlaceSelect";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { useSentOnce } from "../../parts/useSentOnce";
import { useLanguage } from "../../parts/When";

/** The forms that need no decision of their own, together. */
const general = "*";

const directions = ["arriving", "leaving"] as const;
const purposes: readonly DecisionPurpose[] = ["checkIn", "declarations", "tracing"];

export function DecisionForm({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t("decisions.new")}>
      <Fields onClose={onClose} />
    </Dialog>
  );
}

function Fields({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const diseases = useQuery(diseasesQuery);
  const [purpose, setPurpose] = useState<string>("");
  const forms = useQuery({ ...formsQuery, enabled: purpose === "declarations" });
  const [form, setForm] = useState<string | null>(null);
  const rules = useQuery({ ...dutyRulesQuery, enabled: purpose === "declarations" }).data?.filter((rule) => rule.form === form) ?? [];
  const [duty, setDuty] = useState<string | null>(null);
  const [disease, setDisease] = useState<string | null>(null);
  const [area, setArea] = useState<string>("");
  const [unit, setUnit] = useState<string>();
  const [place, setPlace] = useState<string>();
  const [direction, setDirection] = useState<string | null>(null);
  const [from, setFrom] = useState<string>();
  const [until, setUntil] = useState<string>();
  const [basis, setBasis] = useState("");

  const create = useSentOnce(createDecision);
  const creation = useMutation({
    mutationFn: create,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["decisions"] });
      say(t("decisions.created"));
      onClose();
    },
  });
  const chosen = purposes.find((one) => one === purpose);
  const ends = from && until && until > from;
  const placed = area === "country" || (area === "unit" && unit);
  const named = chosen === "declarations" && form !== general ? form : undefined;
  const ready = chosen && disease && (chosen !== "declarations" || form) && placed && ends && basis.trim() !== "";
  // One gate or one direction alone; a duty is of everybody whom its rule names.
  const narrowable = named && !duty;
  const goes = narrowable ? directions.find((one) => one === direction) : undefined;
  const submit = () => {
    if (!chosen || !disease || !from || !until) return;
    creation.mutate({
      purpose: chosen,
      disease,
      from,
      until,
      basis: basis.trim(),
      ...(area === "unit" && unit ? { unit } : {}),
      ...(named ? { form: named } : {}),
      ...(named && duty ? { duty } : {}),
      ...(narrowable && area === "unit" && place ? { place } : {}),
      ...(goes ? { direction: goes } : {}),
    });
  };
  const field = (pointer: string) => fieldText(t, creation.error, pointer);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <Radio.Group label={t("decisions.switchesOn")} value={purpose} onChange={setPurpose} error={field("/purpose")} required>
          <Stack gap="xs" mt="xs">
            {purposes.map((one) => (
              <Radio key={one} value={one} label={t(`decisions.purpose.${one}`)} description={t(`decisions.what.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {chosen === "declarations" && (
          <Select
            label={t("decisions.form")}
            description={t("decisions.formHelp")}
            data={[
              { value: general, label: t("decisions.formGeneral") },
              ...(forms.data?.items ?? []).map((one) => ({ value: one.id, label: one.title[language] ?? one.id })),
            ]}
            value={form}
            onChange={(next) => {
              setForm(next);
              setDuty(null);
            }}
            error={field("/form")}
            required
          />
        )}
        {named && rules.length > 0 && (
          <Select
            label={t("decisions.duty")}
            description={t("decisions.dutyHelp")}
            placeholder={t("decisions.dutyNone")}
            data={rules.map((rule) => ({ value: rule.id, label: rule.title[language] ?? rule.id }))}
            value={duty}
            onChange={setDuty}
            error={field("/duty")}
            clearable
          />
        )}
        <Select
          label={t("cases.disease")}
          data={(diseases.data?.items ?? []).map((one) => ({ value: one.id, label: one.name[language] }))}
          value={disease}
          onChange={setDisease}
          error={field("/disease")}
          required
        />
        <Radio.Group label={t("decisions.where")} value={area} onChange={setArea} required>
          <Group mt="xs">
            <Radio value="unit" label={t("decisions.oneArea")} />
            <Radio value="country" label={t("common.wholeCountry")} />
          </Group>
        </Radio.Group>
        {area === "unit" && (
          <UnitSelect
            label={t("common.unit")}
            value={unit}
            onChange={(next) => {
              setUnit(next);
              setPlace(undefined);
            }}
            error={field("/unit")}
            required
          />
        )}
        {narrowable && area === "unit" && unit && (
          <PlaceSelect
            key={unit}
            label={t("decisions.place")}
            description={t("decisions.placeHelp")}
            unit={unit}
            value={place}
            onChange={setPlace}
            error={field("/place")}
          />
        )}
        {narrowable && (
          <Select
            label={t("decisions.direction")}
            description={t("decisions.directionHelp")}
            data={directions.map((one) => ({ value: one, label: t(`decisions.directions.${one}`) }))}
            value={direction}
            onChange={setDirection}
            error={field("/direction")}
            clearable
          />
        )}
        <Pair>
          <MomentField label={t("decisions.from")} description={t("decisions.fromHelp")} value={from} onChange={setFrom} error={field("/from")} required />
          <MomentField
            label={t("decisions.until")}
            description={t("decisions.untilHelp")}
            value={until}
            onChange={setUntil}
            error={field("/until") ?? (from && until && until <= from ? t("decisions.endsBeforeStart") : undefined)}
            required
          />
        </Pair>
        <TextInput
          label={t("decisions.basis")}
          description={t("decisions.basisHelp")}
          value={basis}
          onChange={(event) => setBasis(event.currentTarget.value)}
          error={field("/basis")}
          maxLength={300}
          required
        />
        <ProblemNote error={creation.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!ready} loading={creation.isPending}>
            {t("decisions.create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
