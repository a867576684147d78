// Confirming a case by a result, or correcting the dates of one confirmed before. Tracing follows by itself.
import { Alert, Button, Group, Radio, Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { localDate } from "@luytre/shared/time";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { confirmCase, diseasesQuery, ruleSetsQuery } from "../../api/cases";
import type { Case, Confirmation } from "../../api/types";
import { showDay } from "../../logic/moments";
import { confirmingMethods } from "../../logic/notification";
import { DayField, MomentField } from "../../parts/DayField";
import { Dialog } from "../../parts/Dialog";
import { Pair } from "../../parts/Pair";
import { fieldText } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useEdit, type Difference } from "../../parts/useEdit";
import { useRuleSetName } from "../../parts/useNames";
import { useLanguage, When } from "../../parts/When";
import { CaseProblem } from "./CaseProblem";

export interface CaseDialogProps {
  file: Case;
  opened: boolean;
  onClose: () => void;
  onChanged: (file: Case) => void;
}

export function ConfirmDialog(props: CaseDialogProps) {
  const { t } = useTranslation();
  const confirmed = props.file.classification === "confirmed";
  return (
    <Dialog opened={props.opened} onClose={props.onClose} size="xl" title={t(confirmed ? "cases.correct" : "cases.confirmTitle", { number: props.file.number })}>
      <Fields {...props} />
    </Dialog>
  );
}

function Fields({ file, onClose, onChanged }: CaseDialogProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const ruleSetName = useRuleSetName();
  const ruleSets = useQuery(ruleSetsQuery);
  const diseases = useQuery(diseasesQuery);
  const methods = confirmingMethods(diseases.data?.items.find((one) => one.id === file.disease)?.tests, file.method);
  const [symptoms, setSymptoms] = useState(file.onset ? "yes" : file.sampleAt ? "no" : "");
  const [onset, setOnset] = useState(file.onset);
  const [sampleAt, setSampleAt] = useState(file.sampleAt);
  const [resultAt, setResultAt] = useState(file.resultAt);
  const [method, setMethod] = useState<string>(file.method ?? "");
  const [isolation, setIsolation] = useState(file.isolatedAt ? "yes" : file.classification === "confirmed" ? "no" : "");
  const [isolatedAt, setIsolatedAt] = useState(file.isolatedAt);
  const [ruleSet, setRuleSet] = useState("");

  const edit = useEdit<Case, Confirmation>({
    save: (change, version) => confirmCase(file.id, version, change),
    compare: (change, current): Difference[] => [
      { name: t("cases.classificationHead"), mine: t("cases.classification.confirmed"), theirs: t(`cases.classification.${current.classification}`) },
      { name: t("cases.onset"), mine: change.onset && showDay(change.onset), theirs: current.onset && showDay(current.onset) },
      { name: t("cases.sampleAt"), mine: <When at={change.sampleAt} />, theirs: current.sampleAt && <When at={current.sampleAt} /> },
      { name: t("cases.resultAt"), mine: <When at={change.resultAt} />, theirs: current.resultAt && <When at={current.resultAt} /> },
      { name: t("cases.method"), mine: t(`cases.methods.${change.method}`), theirs: current.method && t(`cases.methods.${current.method}`) },
      { name: t("cases.isolatedAt"), mine: change.isolatedAt && <When at={change.isolatedAt} />, theirs: current.isolatedAt && <When at={current.isolatedAt} /> },
      { name: t("cases.ruleSet"), mine: change.ruleSet ? ruleSetName(change.ruleSet) : t("cases.ruleSetByDate"), theirs: current.ruleSet && ruleSetName(current.ruleSet) },
    ],
    onSaved: (fresh) => {
      say(t(file.classification === "confirmed" ? "cases.corrected" : "cases.confirmed"));
      onChanged(fresh);
    },
    onKept: onChanged,
  });

  const chosen = methods.find((one) => one === method);
  const answered = (symptoms === "no" || (symptoms === "yes" && onset)) && (isolation === "no" || (isolation === "yes" && isolatedAt));
  const ready = answered && sampleAt && resultAt && chosen;
  const submit = () => {
    if (!sampleAt || !resultAt || !chosen) return;
    edit.save(
      {
        sampleAt,
        resultAt,
        method: chosen,
        ...(symptoms === "yes" && onset ? { onset } : {}),
        ...(isolation === "yes" && isolatedAt ? { isolatedAt } : {}),
        ...(ruleSet ? { ruleSet } : {}),
      },
      file.version,
    );
  };
  const today = localDate(Date.now());
  const field = (pointer: string) => fieldText(t, edit.error, pointer);
  const options = (ruleSets.data?.items ?? []).filter((one) => one.disease === file.disease);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <Pair top>
          <MomentField label={t("cases.sampleAt")} value={sampleAt} onChange={setSampleAt} max={today} error={field("/sampleAt")} required />
          <MomentField label={t("cases.resultAt")} value={resultAt} onChange={setResultAt} max={today} error={field("/resultAt")} required />
        </Pair>
        <Radio.Group label={t("cases.method")} value={method} onChange={setMethod} error={field("/method")} required>
          <Group mt={6}>
            {methods.map((one) => (
              <Radio key={one} value={one} label={t(`cases.methods.${one}`)} />
            ))}
          </Group>
        </Radio.Group>
        {chosen === "antigen" && <Alert color="turmeric">{t("cases.antigenNote")}</Alert>}
        <Pair top>
          <Stack gap="xs">
            <Radio.Group label={t("cases.symptoms")} value={symptoms} onChange={setSymptoms} required>
              <Group mt={6}>
                <Radio value="yes" label={t("cases.hasSymptoms")} />
                <Radio value="no" label={t("cases.noSymptoms")} />
              </Group>
            </Radio.Group>
            {symptoms === "yes" && <DayField label={t("cases.onset")} value={onset} onChange={setOnset} max={today} error={field("/onset")} required />}
          </Stack>
          <Stack gap="xs">
            <Radio.Group label={t("cases.isolation")} value={isolation} onChange={setIsolation} required>
              <Group mt={6}>
                <Radio value="yes" label={t("cases.isolated")} />
                <Radio value="no" label={t("cases.notIsolated")} />
              </Group>
            </Radio.Group>
            {isolation === "yes" && (
              <MomentField label={t("cases.isolatedAt")} value={isolatedAt} onChange={setIsolatedAt} max={today} error={field("/isolatedAt")} required />
            )}
          </Stack>
        </Pair>
        <Select
          label={t("cases.ruleSet")}
          description={t("cases.ruleSetHelp")}
          data={[{ value: "", label: t("cases.ruleSetByDate") }, ...options.map((one) => ({ value: one.id, label: one.title[language] }))]}
          value={ruleSet}
          onChange={(value) => setRuleSet(value ?? "")}
          error={field("/ruleSet")}
        />
        <Alert color="indigo" title={t("cases.thenTitle")}>
          {t("cases.then")}
        </Alert>
        <CaseProblem error={edit.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" color="lacquer" disabled={!ready} loading={edit.busy}>
            {t(file.classification === "confirmed" ? "cases.correct" : "cases.confirm")}
          </Button>
        </Group>
      </Stack>
      {edit.dialog}
    </form>
  );
}
