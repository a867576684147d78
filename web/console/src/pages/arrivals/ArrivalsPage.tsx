// The desk of a place of entry: a traveller's code, the declaration on entry, its correction together, the decision.
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { lookAt, vehicleQueuesQuery } from "../../api/arrivals";
import { usePlaces } from "../../api/places";
import type { PlaceBrief, VehicleQueue } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { FilterBar } from "../../parts/FilterBar";
import { ButtonLink, TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { SearchBox } from "../../parts/SearchBox";
import { When } from "../../parts/When";
import choices from "../cases/PersonPicker.module.css";
import styles from "./Arrivals.module.css";
import { TravellerDesk } from "./TravellerDesk";

export function ArrivalsPage() {
  const { t } = useTranslation();
  const [place, setPlace] = useState<PlaceBrief>();
  const vehicles = useQuery(vehicleQueuesQuery);
  return (
    <>
      <PageHead title={t("arrivals.title")} lead={t("arrivals.lead")} back={<TextLink to="/declarations">{t("shell.section.declarations")}</TextLink>}>
        <ButtonLink to="/declarations/coming" variant="default">
          {t("arrivals.coming")}
        </ButtonLink>
      </PageHead>
      <div className={styles.panels}>
        {place ? <Desk place={place} vehicles={vehicles.data ?? []} onOther={() => setPlace(undefined)} /> : <Picker onPick={setPlace} />}
        <Panel title={t("arrivals.vehicles")}>
          <ProblemNote error={vehicles.error} retry={() => void vehicles.refetch()} />
          {vehicles.data?.length === 0 && <p>{t("arrivals.vehiclesNone")}</p>}
          {vehicles.data && vehicles.data.length > 0 && <Vehicles rows={vehicles.data} />}
        </Panel>
      </div>
    </>
  );
}

function Picker({ onPick }: { onPick: (place: PlaceBrief) => void }) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const places = usePlaces(q ? { q } : {});
  return (
    <div>
      <FilterBar>
        <SearchBox value={q} onSearch={setQ} label={t("arrivals.findPlace")} />
      </FilterBar>
      <ListFrame list={places} empty={<Empty title={t("arrivals.noPlace")} />}>
        {(rows) => (
          <ul className={choices.choices}>
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
    </div>
  );
}

function Desk({ place, vehicles, onOther }: { place: PlaceBrief; vehicles: readonly VehicleQueue[]; onOther: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [code, setCode] = useState("");
  const look = useMutation({ mutationFn: async () => ({ code, traveller: await lookAt(place.id, code.trim(), reason.trim()) }) });
  const ready = reason.trim().length >= 5 && code.trim() !== "";
  return (
    <>
      <Panel
        title={place.name}
        actions={
          <Button variant="subtle" onClick={onOther}>
            {t("arrivals.otherPlace")}
          </Button>
        }
      >
        <form
          className={styles.scan}
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) look.mutate();
          }}
        >
          <TextInput label={t("arrivals.reason")} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} w={320} maw="100%" />
          <TextInput
            label={t("arrivals.code")}
            description={t("arrivals.codeHint")}
            maxLength={600}
            autoComplete="off"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            w={420}
            maw="100%"
          />
          <Button type="submit" loading={look.isPending} disabled={!ready}>
            {t("arrivals.look")}
          </Button>
        </form>
        <ProblemNote error={look.error} />
      </Panel>
      {look.data && (
        <TravellerDesk
          key={look.data.code}
          place={place.id}
          code={look.data.code.trim()}
          traveller={look.data.traveller}
          vehicles={vehicles}
          onCorrected={() => look.mutate()}
          onDecided={() => setCode("")}
        />
      )}
    </>
  );
}

function Vehicles({ rows }: { rows: readonly VehicleQueue[] }) {
  const { t } = useTranslation();
  const columns: Column<VehicleQueue>[] = [
    { key: "vehicle", head: t("arrivals.vehicleName"), lead: true, grow: true, cell: (row) => row.vehicleName },
    { key: "departure", head: t("arrivals.departure"), cell: (row) => <When at={row.departure} /> },
    { key: "towards", head: t("arrivals.towards"), cell: (row) => row.towardsName },
    { key: "progress", head: t("arrivals.progress"), align: "right", cell: (row) => t("arrivals.of", { decided: row.decided, seats: row.seats }) },
  ];
  return <DataTable rows={rows} columns={columns} rowKey={(row) => `${row.vehicle} ${row.departure} ${row.towardsName}`} caption={t("arrivals.vehicles")} />;
}
