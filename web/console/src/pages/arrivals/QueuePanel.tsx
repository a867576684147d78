// Who is in a vehicle: the seats of its carrier's list, or those who declared that they come by it. One tap leads to the desk.
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { onTheWayQuery, readQueue, vehicleQueuesQuery, type QueueOf, type Shown } from "../../api/arrivals";
import type { OnTheWay, PlaceBrief, Queued, VehicleQueue } from "../../api/types";
import { ColourBadge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { Day, When } from "../../parts/When";

interface Props {
  place: PlaceBrief;
  reason: string;
  /** Somebody of the queue, and by which departure they came, if it has a list. */
  onPick: (shown: Shown, by?: { vehicle: string; departure: string }) => void;
}

export function QueuePanel({ place, reason, onPick }: Props) {
  const { t } = useTranslation();
  const listed = useQuery(vehicleQueuesQuery);
  const onTheWay = useQuery(onTheWayQuery(place.id));
  const open = useMutation({ mutationFn: async ({ of }: { of: QueueOf; name: string }) => readQueue(place.id, of, reason.trim()) });
  const ready = reason.trim().length >= 5;
  const openButton = (of: QueueOf, name: string) => (
    <Button size="xs" variant="default" disabled={!ready} loading={open.isPending && open.variables.name === name} onClick={() => open.mutate({ of, name })}>
      {t("arrivals.openQueue")}
    </Button>
  );
  const lists: Column<VehicleQueue>[] = [
    { key: "vehicle", head: t("arrivals.vehicleName"), lead: true, grow: true, cell: (row) => row.vehicleName },
    { key: "departure", head: t("arrivals.departure"), cell: (row) => <When at={row.departure} /> },
    { key: "towards", head: t("arrivals.towards"), cell: (row) => row.towardsName },
    { key: "progress", head: t("arrivals.progress"), align: "right", cell: (row) => t("arrivals.of", { decided: row.decided, seats: row.seats }) },
    { key: "open", head: t("arrivals.queue"), cell: ({ vehicle, departure, vehicleName }) => openButton({ vehicle, departure }, vehicleName) },
  ];
  const declared: Column<OnTheWay>[] = [
    { key: "vehicle", head: t("arrivals.vehicleName"), lead: true, grow: true, cell: (row) => row.label },
    { key: "day", head: t("arrivals.day"), cell: (row) => <Day at={row.day} /> },
    { key: "red", head: t("arrivals.red"), align: "right", cell: (row) => row.red },
    { key: "progress", head: t("arrivals.progress"), align: "right", cell: (row) => t("arrivals.of", { decided: row.decided, seats: row.declared }) },
    { key: "open", head: t("arrivals.queue"), cell: ({ vehicle, label }) => openButton({ onTheWay: vehicle }, label) },
  ];
  return (
    <>
      <Panel title={t("arrivals.queues")}>
        {!ready && <p>{t("arrivals.reasonFirst")}</p>}
        <ProblemNote error={listed.error ?? onTheWay.error} retry={() => void (listed.error ? listed : onTheWay).refetch()} />
        {listed.data?.length === 0 && onTheWay.data?.length === 0 && <p>{t("arrivals.vehiclesNone")}</p>}
        {listed.data && listed.data.length > 0 && (
          <>
            <h3>{t("arrivals.vehicles")}</h3>
            <DataTable rows={listed.data} columns={lists} rowKey={(row) => `${row.vehicle} ${row.departure} ${row.towardsName}`} caption={t("arrivals.vehicles")} />
          </>
        )}
        {onTheWay.data && onTheWay.data.length > 0 && (
          <>
            <h3>{t("arrivals.onTheWay")}</h3>
            <DataTable rows={onTheWay.data} columns={declared} rowKey={(row) => row.vehicle} caption={t("arrivals.onTheWay")} />
          </>
        )}
        <ProblemNote error={open.error} />
      </Panel>
      {open.data && <People of={open.variables.of} title={open.variables.name} rows={open.data} onPick={onPick} />}
    </>
  );
}

function People({ of, title, rows, onPick }: { of: QueueOf; title: string; rows: readonly Queued[]; onPick: Props["onPick"] }) {
  const { t } = useTranslation();
  const trip = "departure" in of ? of : undefined;
  const pick = ({ seat, declaration }: Queued) => {
    if (trip && seat) onPick({ seat: { ...trip, seat } }, trip);
    else if (declaration) onPick({ declaration });
  };
  const said = (row: Queued) => {
    if (row.colour) return <ColourBadge of={row.colour} />;
    return t(row.declared === false ? "arrivals.notDeclared" : "arrivals.noPaper");
  };
  const columns: Column<Queued>[] = [
    { key: "seat", head: t("arrivals.seat"), cell: (row) => row.seat },
    {
      key: "person",
      head: t("arrivals.person"),
      lead: true,
      grow: true,
      cell: (row) => (
        <>
          {row.name}, {row.birthYear}
        </>
      ),
    },
    { key: "declared", head: t("arrivals.declaration"), cell: said },
    { key: "outcome", head: t("arrivals.outcomeHead"), cell: (row) => row.outcome && t(`arrivals.outcome.${row.outcome}`) },
    {
      key: "desk",
      head: t("arrivals.desk"),
      cell: (row) => (
        <Button size="xs" onClick={() => pick(row)} aria-label={t("arrivals.toDesk", { name: row.name })}>
          {t("arrivals.desk")}
        </Button>
      ),
    },
  ];
  return (
    <Panel title={t("arrivals.queueOf", { name: title })}>
      <DataTable rows={rows} columns={columns} rowKey={(row) => `${row.seat} ${row.name} ${row.declaration}`} caption={t("arrivals.queueOf", { name: title })} />
      <LoggedNote />
    </Panel>
  );
}
