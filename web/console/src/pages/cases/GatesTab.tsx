// Who was let in at a place's gate in the case's window by a card, a typed phone or a number alone: to be called. They are no
// contacts, and no order can come of them.
import { Button, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { cardEntriesQuery, holderAsked, useGateEntries } from "../../api/gates";
import { usePlaces } from "../../api/places";
import type { CardEntry, GateEntry, PlaceBrief } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { FilterBar } from "../../parts/FilterBar";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { SearchBox } from "../../parts/SearchBox";
import { When } from "../../parts/When";
import { PersonPassages } from "../checkpoints/PersonPassages";
import styles from "./PersonPicker.module.css";
import { GateDeclarations } from "./GateDeclarations";
import { useCase } from "./useCase";

export function GatesTab() {
  const { t } = useTranslation();
  const { id, person } = useCase();
  const [place, setPlace] = useState<PlaceBrief>();
  return (
    <Stack gap="md">
      <OwnCard of={id} />
      <PersonPassages person={person.id} name={person.name} />
      <p>{t("cases.gates.lead")}</p>
      {place ? <Entries of={id} place={place} onOther={() => setPlace(undefined)} /> : <PlacePicker onPick={setPlace} />}
    </Stack>
  );
}

/** Where the card of the case itself was shown: traced only after the patient was asked. */
function OwnCard({ of }: { of: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const entries = useQuery({ ...cardEntriesQuery(of), enabled: opened });
  const columns: Column<CardEntry>[] = [
    { key: "place", head: t("cases.gates.place"), lead: true, grow: true, cell: (row) => row.placeName },
    { key: "at", head: t("cases.gates.at"), cell: (row) => <When at={row.at} /> },
    {
      key: "asked",
      head: t("cases.gates.asked"),
      silent: true,
      cell: (row) => (row.asked ? t("cases.gates.isVisit") : <Asked of={of} place={row.place} entry={row.id} />),
    },
  ];
  return (
    <Panel title={t("cases.gates.ownCard")}>
      <p>{t("cases.gates.ownCardLead")}</p>
      {!opened && (
        <Button variant="default" size="xs" onClick={() => setOpened(true)}>
          {t("cases.gates.ownCardShow")}
        </Button>
      )}
      {opened && <ProblemNote error={entries.error} retry={() => void entries.refetch()} />}
      {entries.data?.length === 0 && <p className="quiet">{t("cases.gates.ownCardNone")}</p>}
      {entries.data && entries.data.length > 0 && (
        <DataTable rows={entries.data} columns={columns} rowKey={(row) => row.id} caption={t("cases.gates.ownCard")} />
      )}
      <LoggedNote>{t("cases.gates.logged")}</LoggedNote>
    </Panel>
  );
}

function Asked({ of, place, entry }: { of: string; place: string; entry: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const asked = useMutation({
    mutationFn: () => holderAsked(of, place, entry),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: cardEntriesQuery(of).queryKey }),
        client.invalidateQueries({ queryKey: ["gates", of, place] }),
      ]),
  });
  return (
    <>
      <Button variant="default" size="xs" loading={asked.isPending} onClick={() => asked.mutate()}>
        {t("cases.gates.asked")}
      </Button>
      <ProblemNote error={asked.error} />
    </>
  );
}

function PlacePicker({ onPick }: { onPick: (place: PlaceBrief) => void }) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const places = usePlaces(q ? { q } : {});
  return (
    <>
      <FilterBar>
        <SearchBox value={q} onSearch={setQ} label={t("cases.gates.find")} />
      </FilterBar>
      <LoggedNote>{t("cases.gates.logged")}</LoggedNote>
      <ListFrame list={places} empty={<Empty title={t("cases.gates.noPlace")} />}>
        {(rows) => (
          <ul className={styles.choices}>
            {rows.map((place) => (
              <li key={place.id}>
                <button type="button" onClick={() => onPick(place)}>
                  <b>{place.name}</b>
                  <span>{place.unitPath}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </ListFrame>
    </>
  );
}

function Entries({ of, place, onOther }: { of: string; place: PlaceBrief; onOther: () => void }) {
  const { t } = useTranslation();
  const entries = useGateEntries(of, place.id);
  const columns: Column<GateEntry>[] = [
    { key: "who", head: t("cases.gates.who"), grow: true, lead: true, cell: (row) => <Who entry={row} /> },
    { key: "phone", head: t("cases.gates.phone"), cell: (row) => row.phone && <a href={`tel:${row.phone}`}>{row.phone}</a> },
    { key: "papers", head: t("cases.gates.papers"), cell: (row) => row.papers.join(", ") },
    { key: "people", head: t("cases.gates.people"), align: "right", cell: (row) => row.people },
    { key: "how", head: t("cases.gates.how"), cell: (row) => t(`cases.gates.by.${row.how}`) },
    { key: "at", head: t("cases.gates.at"), cell: (row) => <When at={row.at} /> },
    {
      key: "asked",
      head: t("cases.gates.asked"),
      silent: true,
      cell: (row) => row.how === "card" && <Asked of={of} place={place.id} entry={row.id} />,
    },
  ];
  return (
    <Stack gap="md">
      <div className={styles.chosen}>
        <div>
          <b>{place.name}</b>
          <span>{place.unitPath}</span>
        </div>
        <Button variant="default" size="xs" onClick={onOther}>
          {t("cases.gates.other")}
        </Button>
      </div>
      <ListFrame list={entries} empty={<Empty title={t("cases.gates.empty")} />}>
        {(rows) => (
          <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} caption={place.name} stale={entries.stale} />
        )}
      </ListFrame>
      <GateDeclarations of={of} place={place.id} />
    </Stack>
  );
}

export function Who({ entry }: { entry: Pick<GateEntry, "name" | "birth" | "address"> }) {
  return (
    <>
      <b>{entry.name ?? "–"}</b>
      {entry.birth && <span className="quiet"> · {entry.birth}</span>}
      {entry.address && (
        <>
          <br />
          <span className="quiet">{entry.address}</span>
        </>
      )}
    </>
  );
}
