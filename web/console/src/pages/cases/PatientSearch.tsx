// Finds cases by who the patient is: with a reason, never in the address, and everybody who is shown is in the access log.
import { Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconUserSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { casesOfPatientQuery } from "../../api/cases";
import type { LastSearch } from "../../api/reasons";
import { lastSearch, rememberSearch } from "../../api/reasons";
import type { CaseBrief } from "../../api/types";
import { parsePersonQuery } from "../../logic/person-query";
import { ClassificationBadge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { Dialog } from "../../parts/Dialog";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PersonSearch } from "../../parts/PersonSearch";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { SearchCut } from "../../parts/SearchCut";
import { useDiseaseName } from "../../parts/useNames";
import { UnitName } from "../../parts/When";

export function PatientSearch() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconUserSearch size={17} />} onClick={() => setOpened(true)}>
        {t("cases.byPatient")}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t("cases.byPatient")} size="xl">
        {opened && <Patients />}
      </Dialog>
    </>
  );
}

function Patients() {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const [asked, setAsked] = useState(lastSearch());
  const found = useQuery(casesOfPatientQuery(parsePersonQuery(asked.typed), asked.reason, asked.unit));
  const ask = (search: LastSearch) => {
    rememberSearch(search);
    setAsked(search);
  };
  const columns: Column<CaseBrief>[] = [
    {
      key: "number",
      head: t("cases.number"),
      lead: true,
      cell: (one) => (
        <TextLink to="/cases/$case" params={{ case: one.id }} fw={600} className="number">
          {one.number}
        </TextLink>
      ),
    },
    {
      key: "person",
      head: t("cases.person"),
      grow: true,
      cell: (one) => (
        <>
          {one.person.name} <span className="quiet">{one.person.birthYear || t("people.bornUnknown")}</span>
        </>
      ),
    },
    { key: "state", head: t("cases.classificationHead"), cell: (one) => <ClassificationBadge of={one.classification} /> },
    { key: "disease", head: t("cases.disease"), cell: (one) => disease(one.disease) },
    { key: "unit", head: t("cases.residence"), cell: (one) => <UnitName path={one.person.unitPath} /> },
  ];
  return (
    <Stack>
      <PersonSearch begun={asked} busy={found.isFetching} onAsk={ask} />
      <LoggedNote />
      {found.error && <ProblemNote error={found.error} retry={() => void found.refetch()} />}
      {found.isLoading && <Loading rows={3} />}
      {found.data && !found.data.complete && <SearchCut asked={asked} shown={found.data.items.length} onAsk={ask} />}
      {found.data?.items.length === 0 && <Empty icon={<IconUserSearch size={38} stroke={1.3} />} title={t("cases.noPatientFound")} />}
      {found.data && found.data.items.length > 0 && <DataTable rows={found.data.items} columns={columns} rowKey={(one) => one.id} caption={t("cases.byPatient")} />}
    </Stack>
  );
}
