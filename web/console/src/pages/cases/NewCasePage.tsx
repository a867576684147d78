// A new suspect: first the person — found, or registered with a look at who might be the same — then disease, onset, note.
import { Button, Group, Radio, Select, Stack, Textarea } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { ApiError } from "@luytre/shared/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { createCase, diseasesQuery } from "../../api/cases";
import { draftDuplicatesQuery } from "../../api/person-duplicates";
import type { NewCase } from "../../api/types";
import { DayField, MomentField } from "../../parts/DayField";
import { ButtonLink, TextLink } from "../../parts/links";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { fieldText } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { useSentOnce } from "../../parts/useSentOnce";
import { useLanguage } from "../../parts/When";
import { emptyDraft, personOf } from "../people/person-draft";
import { CaseProblem } from "./CaseProblem";
import { NewPatient } from "./NewPatient";
import { PersonPicker, type Picked } from "./PersonPicker";

const route = getRouteApi("/office/cases/new");

export function NewCasePage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { person: given } = route.useSearch();
  const [way, setWay] = useState("known");
  const [picked, setPicked] = useState<Picked | undefined>(given ? { id: given } : undefined);
  const [draft, setDraft] = useState(emptyDraft);
  const [disease, setDisease] = useState<string | null>(null);
  const [onset, setOnset] = useState<string>();
  const [diagnosedAt, setDiagnosedAt] = useState<string>();
  const [reportUnit, setReportUnit] = useState<string>();
  const [note, setNote] = useState("");
  const diseases = useQuery(diseasesQuery);

  const create = useSentOnce(createCase);
  const creation = useMutation({
    mutationFn: create,
    // Somebody wrote them down meanwhile, or the page was quicker than the comparison: it is shown now.
    onError: (error) => {
      if (error instanceof ApiError && error.code === "person_may_be_known") void client.invalidateQueries({ queryKey: ["person-duplicates", "draft"] });
    },
    onSuccess: async (file) => {
      say(t("cases.reported", { number: file.number }));
      void client.invalidateQueries({ queryKey: ["cases"] });
      await navigate({ to: "/cases/$case", params: { case: file.id } });
    },
  });
  const newPerson = way === "new" ? personOf(draft) : undefined;
  // The same comparison that stands beside the fields; who goes on with it before their eyes has said that it is none of these.
  const reason = t("cases.searchReason");
  const alike = useQuery({ ...draftDuplicatesQuery(newPerson, reason), enabled: false }).data?.items ?? [];
  const who = way === "known" && picked ? { person: picked.id } : newPerson ? { newPerson } : undefined;
  const submit = () => {
    if (!who || !disease) return;
    const body: NewCase = {
      ...who,
      ...(newPerson && alike.length > 0 ? { noneOfThese: true } : {}),
      disease,
      ...(onset ? { onset } : {}),
      ...(diagnosedAt ? { diagnosedAt } : {}),
      ...(reportUnit ? { reportUnit } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    };
    creation.mutate(body);
  };
  const existing = creation.error instanceof ApiError && creation.error.code === "case_exists" ? creation.error.problem.params?.case : undefined;
  const field = (pointer: string) => fieldText(t, creation.error, pointer);

  return (
    <div style={{ maxWidth: 780 }}>
      <PageHead title={t("cases.new")} back={<TextLink to="/cases">{t("shell.section.cases")}</TextLink>} lead={t("cases.newLead")} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <Panel title={t("cases.person")}>
            <Radio.Group value={way} onChange={setWay} aria-label={t("cases.person")} mb="md">
              <Group>
                <Radio value="known" label={t("cases.personKnown")} />
                <Radio value="new" label={t("cases.personNew")} />
              </Group>
            </Radio.Group>
            {way === "known" ? (
              <PersonPicker picked={picked} onPick={setPicked} onNew={() => setWay("new")} />
            ) : (
              <NewPatient
                draft={draft}
                onChange={setDraft}
                error={creation.error}
                onSame={(person) => {
                  setPicked(person);
                  setWay("known");
                }}
              />
            )}
          </Panel>
          <Panel title={t("cases.illness")}>
            <Stack>
              <Select
                label={t("cases.disease")}
                data={(diseases.data?.items ?? []).map((one) => ({ value: one.id, label: one.name[language] }))}
                value={disease}
                onChange={setDisease}
                error={field("/disease")}
                required
              />
              <DayField
                label={t("cases.onset")}
                description={t("cases.onsetHelp")}
                value={onset}
                onChange={setOnset}
                max={localDate(Date.now())}
                error={field("/onset")}
              />
              <MomentField
                label={t("cases.diagnosedAt")}
                description={t("cases.diagnosedHelp")}
                value={diagnosedAt}
                onChange={setDiagnosedAt}
                max={localDate(Date.now())}
                error={field("/diagnosedAt")}
              />
              <UnitSelect
                label={t("cases.reportUnit")}
                description={t("cases.reportUnitHelp")}
                value={reportUnit}
                onChange={setReportUnit}
                error={field("/reportUnit")}
              />
              <Textarea
                label={t("cases.note")}
                description={t("cases.noteHelp")}
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
                error={field("/note")}
                autosize
                minRows={3}
                maxLength={2000}
              />
            </Stack>
          </Panel>
          <CaseProblem error={creation.error} />
          {existing && (
            <ButtonLink to="/cases/$case" params={{ case: existing }} variant="default">
              {t("cases.openExisting")}
            </ButtonLink>
          )}
          <Group justify="flex-end">
            <ButtonLink to="/cases" variant="default">
              {t("common.cancel")}
            </ButtonLink>
            <Button type="submit" disabled={!who || !disease} loading={creation.isPending}>
              {t("cases.report")}
            </Button>
          </Group>
        </Stack>
      </form>
    </div>
  );
}
