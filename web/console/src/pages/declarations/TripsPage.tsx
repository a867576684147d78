// Departures with a passenger list that begin or end in the own area. Counts; a list is opened with a reason, which is logged.
import { Alert, Button, Group } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { IconBus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { notDeclared, readPassengers, tripsQuery } from "../../api/trips";
import type { Passenger, Trip } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";
import { When } from "../../parts/When";
import styles from "./TripsPage.module.css";

export function TripsPage() {
  const { t } = useTranslation();
  const trips = useQuery(tripsQuery);
  const [asked, setAsked] = useState<Trip>();
  const opening = useMutation({
    mutationFn: async ({ trip, reason }: { trip: Trip; reason: string }) => ({ trip, seats: await readPassengers(trip.place, trip.departure, reason) }),
    onSuccess: () => setAsked(undefined),
  });
  const silent = useMutation({ mutationFn: async (trip: Trip) => ({ trip, seats: await notDeclared(trip.place, trip.departure) }) });
  const columns: Column<Trip>[] = [
    { key: "departure", head: t("trips.departure"), lead: true, cell: (row) => <When at={row.departure} /> },
    { key: "vehicle", head: t("trips.vehicle"), grow: true, cell: (row) => row.placeName },
    { key: "towards", head: t("trips.towards"), cell: (row) => row.towardsName },
    { key: "seats", head: t("trips.seats"), align: "right", cell: (row) => row.seats },
    {
      key: "open",
      head: t("trips.open"),
      silent: true,
      cell: (row) => (
        <Group gap="xs" wrap="nowrap" justify="flex-end">
          <Button variant="default" size="xs" loading={silent.isPending && silent.variables === row} onClick={() => silent.mutate(row)}>
            {t("trips.silent")}
          </Button>
          <Button variant="default" size="xs" onClick={() => setAsked(row)}>
            {t("trips.open")}
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <>
      <PageHead title={t("trips.title")} lead={t("trips.lead")} back={<TextLink to="/declarations">{t("shell.section.declarations")}</TextLink>} />
      {trips.error && <ProblemNote error={trips.error} retry={() => void trips.refetch()} />}
      {trips.isPending && <Loading />}
      {trips.data?.length === 0 && (
        <Empty icon={<IconBus size={38} stroke={1.3} />} title={t("trips.none")}>
          {t("trips.noneLead")}
        </Empty>
      )}
      {trips.data && trips.data.length > 0 && (
        <DataTable rows={trips.data} columns={columns} rowKey={(row) => `${row.place} ${row.departure} ${row.towards}`} caption={t("trips.title")} onOpen={setAsked} />
      )}
      {silent.error && <ProblemNote error={silent.error} />}
      {silent.data && (
        <Alert role="status" className={styles.opened} title={silent.data.trip.placeName}>
          <p>{silent.data.seats.length === 0 ? t("trips.silentNone") : t("trips.silentSeats", { seats: silent.data.seats.join(", ") })}</p>
          <p>{t("trips.silentLead")}</p>
        </Alert>
      )}
      {opening.data && (
        <div className={styles.opened}>
          <Seats trip={opening.data.trip} seats={opening.data.seats} />
        </div>
      )}
      <ReasonDialog
        opened={asked !== undefined}
        title={t("trips.openTitle")}
        action={t("trips.open")}
        busy={opening.isPending}
        error={<ProblemNote error={opening.error} />}
        onReason={(reason) => asked && opening.mutate({ trip: asked, reason })}
        onClose={() => setAsked(undefined)}
      />
    </>
  );
}

function Seats({ trip, seats }: { trip: Trip; seats: readonly Passenger[] }) {
  const { t } = useTranslation();
  const columns: Column<Passenger>[] = [
    { key: "seat", head: t("trips.seat"), lead: true, cell: (row) => row.seat },
    { key: "name", head: t("people.name"), grow: true, cell: (row) => row.name },
    { key: "year", head: t("trips.birthYear"), cell: (row) => row.birthYear },
    { key: "phone", head: t("people.phone"), cell: (row) => row.phone ?? "–" },
    { key: "paper", head: t("trips.paper"), cell: (row) => row.paper ?? "–" },
    ...(seats.some(({ takenOff }) => takenOff)
      ? [{ key: "takenOff", head: t("trips.takenOff"), cell: (row: Passenger) => (row.takenOff ? <When at={row.takenOff} /> : "–") }]
      : []),
  ];
  return (
    <Panel title={trip.placeName} actions={<When at={trip.departure} />}>
      <DataTable rows={seats} columns={columns} rowKey={(row) => `${row.seat} ${row.takenOff ?? ""}`} caption={t("trips.caption")} />
      <LoggedNote>{t("trips.logged")}</LoggedNote>
    </Panel>
  );
}
