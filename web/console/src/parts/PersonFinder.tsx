// Looks people up with a reason, and lets them be taken, one after the other; the reason holds for what is done with them.
import { Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconUserSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { peopleQuery } from "../api/people";
import { lastSearch, rememberSearch, type LastSearch } from "../api/reasons";
import type { PersonBrief } from "../api/types";
import { parsePersonQuery } from "../logic/person-query";
import { DataTable, type Column } from "./DataTable";
import { Empty, Loading } from "./ListFrame";
import { NearMark, NearNote } from "./NearNote";
import { PersonSearch } from "./PersonSearch";
import { ProblemNote } from "./ProblemNote";
import { LoggedNote } from "./ReasonDialog";
import { SearchCut } from "./SearchCut";
import { UnitName } from "./When";

interface Props {
  /** What is done with somebody who was found. */
  action: string;
  resting?: (person: PersonBrief) => boolean;
  /** What stands in the box to begin with; it is looked up when the officer asks for it. */
  begin?: string | undefined;
  onTake: (person: PersonBrief, reason: string) => void;
}

export function PersonFinder({ action, resting, begin, onTake }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(begin === undefined ? lastSearch() : { typed: "", reason: lastSearch().reason });
  const found = useQuery(peopleQuery(parsePersonQuery(asked.typed, { homes: true }), asked.reason, asked.unit));
  const ask = (search: LastSearch) => {
    rememberSearch(search);
    setAsked(search);
  };
  const columns: Column<PersonBrief>[] = [
    { key: "name", head: t("people.name"), lead: true, grow: true, cell: (person) => <>{person.name} {found.data?.near && <NearMark />}</> },
    { key: "year", head: t("people.birthYear"), cell: (person) => person.birthYear || t("common.unknown") },
    { key: "unit", head: t("people.residence"), cell: (person) => <UnitName path={person.unitPath} /> },
    {
      key: "take",
      head: action,
      silent: true,
      cell: (person) => (
        <Button size="xs" variant="default" aria-label={`${action}: ${person.name}`} disabled={resting?.(person) ?? false} onClick={() => onTake(person, asked.reason)}>
          {action}
        </Button>
      ),
    },
  ];
  return (
    <Stack>
      <PersonSearch
        begun={begin === undefined ? asked : { ...asked, typed: begin }}
        busy={found.isFetching}
        homes
        onAsk={ask}
      />
      <LoggedNote />
      {found.error && <ProblemNote error={found.error} retry={() => void found.refetch()} />}
      {found.isLoading && <Loading rows={3} />}
      {found.data && !found.data.complete && <SearchCut asked={asked} shown={found.data.items.length} onAsk={ask} />}
      {found.data?.near && <NearNote />}
      {found.data?.items.length === 0 && <Empty icon={<IconUserSearch size={38} stroke={1.3} />} title={t("people.noneFound")} />}
      {found.data && found.data.items.length > 0 && (
        <DataTable rows={found.data.items} columns={columns} rowKey={(person) => person.id} caption={t("shell.section.people")} />
      )}
    </Stack>
  );
}
