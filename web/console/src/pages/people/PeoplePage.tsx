// Looking people up: by phone, paper or name, always with a reason; every record shown is in the access log, so nothing is asked while typing.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { IconHeartHandshake, IconId, IconLockOpen, IconUserPlus, IconUserSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { peopleQuery } from "../../api/people";
import { lastSearch, rememberReason, rememberSearch, type LastSearch } from "../../api/reasons";
import type { PersonBrief } from "../../api/types";
import { parsePersonQuery } from "../../logic/person-query";
import { DataTable, type Column } from "../../parts/DataTable";
import { ButtonLink, TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { NearMark, NearNote } from "../../parts/NearNote";
import { PageHead } from "../../parts/PageHead";
import { PersonSearch } from "../../parts/PersonSearch";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { SearchCut } from "../../parts/SearchCut";
import { useShortcuts } from "../../parts/Shortcuts";
import { UnitName } from "../../parts/When";
import styles from "./PeoplePage.module.css";
import { StationRelease } from "./StationRelease";

export function PeoplePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asked, setAsked] = useState(lastSearch());
  const [releasing, setReleasing] = useState(false);
  const found = useQuery(peopleQuery(parsePersonQuery(asked.typed, { homes: true }), asked.reason, asked.unit));

  const ask = (search: LastSearch) => {
    rememberSearch(search);
    setAsked(search);
  };
  useShortcuts([{ keys: "n", says: t("people.register"), run: () => void navigate({ to: "/people/new" }) }]);

  const columns: Column<PersonBrief>[] = [
    {
      key: "name",
      head: t("people.name"),
      lead: true,
      grow: true,
      cell: (person) => (
        <>
          <TextLink to="/people/$person" params={{ person: person.id }} onClick={() => rememberReason(person.id, asked.reason)} fw={600} c="var(--ink)" underline="hover">
            {person.name}
          </TextLink>
          {found.data?.near && <NearMark />}
        </>
      ),
    },
    { key: "year", head: t("people.birthYear"), cell: (person) => person.birthYear || t("common.unknown") },
    { key: "sex", head: t("people.sex"), cell: (person) => t(`common.sex.${person.sex}`) },
    { key: "unit", head: t("people.residence"), cell: (person) => <UnitName path={person.unitPath} /> },
    { key: "phone", head: t("people.phone"), cell: (person) => <span className="number">{person.phoneMasked ?? t("common.none")}</span> },
  ];

  return (
    <>
      <PageHead title={t("shell.section.people")} lead={t("people.lead")}>
        <Button variant="default" leftSection={<IconLockOpen size={17} />} onClick={() => setReleasing(true)}>
          {t("station.title")}
        </Button>
        <ButtonLink to="/people/cards" variant="default" leftSection={<IconId size={17} />}>
          {t("cards.title")}
        </ButtonLink>
        <ButtonLink to="/people/helpers" variant="default" leftSection={<IconHeartHandshake size={17} />}>
          {t("helpers.title")}
        </ButtonLink>
        <ButtonLink to="/people/new" variant="default" leftSection={<IconUserPlus size={17} />}>
          {t("people.register")}
        </ButtonLink>
      </PageHead>
      <StationRelease opened={releasing} onClose={() => setReleasing(false)} />
      <PersonSearch
        begun={asked}
        busy={found.isFetching}
        homes
        onAsk={ask}
        onNumber={(of, q) => void navigate({ to: of === "case" ? "/cases" : "/orders", search: { q } })}
      />
      <LoggedNote />
      <div className={styles.found}>
        {found.error && <ProblemNote error={found.error} retry={() => void found.refetch()} />}
        {found.isLoading && <Loading rows={3} />}
        {found.data && !found.data.complete && <SearchCut asked={asked} shown={found.data.items.length} onAsk={ask} />}
        {found.data?.near && <NearNote />}
        {found.data?.items.length === 0 && (
          <Empty icon={<IconUserSearch size={38} stroke={1.3} />} title={t("people.noneFound")}>
            {t("people.noneFoundLead")}
          </Empty>
        )}
        {found.data && found.data.items.length > 0 && (
          <DataTable
            rows={found.data.items}
            columns={columns}
            rowKey={(person) => person.id}
            caption={t("shell.section.people")}
            onOpen={(person) => {
              rememberReason(person.id, asked.reason);
              void navigate({ to: "/people/$person", params: { person: person.id } });
            }}
          />
        )}
      </div>
    </>
  );
}
