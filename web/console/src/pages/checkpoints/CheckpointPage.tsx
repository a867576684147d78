// One checkpoint: figures by hour, who is on duty, what waits, what the shifts told each other.
import { Button, NumberInput, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { checkpointQuery, setWaitLimit } from "../../api/checkpoints";
import { queryClient } from "../../api/query-client";
import { sessionQuery } from "../../api/session";
import type { Checkpoint } from "../../api/types";
import { holds } from "../../logic/navigation";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { When } from "../../parts/When";
import styles from "./Checkpoints.module.css";
import { PlanPanel } from "./PlanPanel";
import { QueueState } from "./QueueState";

const route = getRouteApi("/office/checkpoints/$place");

export function CheckpointPage() {
  const { t } = useTranslation();
  const { place } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(checkpointQuery(place));
  const session = useQuery(sessionQuery).data;
  return (
    <>
      <PageHead title={data?.name ?? t("checkpoints.title")} lead={data?.unitPath} back={<TextLink to="/checkpoints">{t("checkpoints.title")}</TextLink>} />
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {isPending && <Loading />}
      {data && (
        <div className={styles.panels}>
          <Panel title={t("checkpoints.queue")}>
            <p role="status">
              <QueueState of={data.queue} />
            </p>
            {data.queue.limit === undefined && <p>{t("checkpoints.limitNone")}</p>}
            {session && holds(session, "districtOfficer", "provinceOfficer") && <Limit place={place} now={data.queue.limit} />}
          </Panel>
          <Panel title={t("checkpoints.hours")}>
            <Hours of={data} />
          </Panel>
          <Panel title={t("checkpoints.waiting")}>
            <Waiting of={data} />
          </Panel>
          <Panel title={t("checkpoints.roster")}>
            {data.roster.length === 0 && <p>{t("checkpoints.rosterNone")}</p>}
            <ul className={styles.list}>
              {data.roster.map((each) => (
                <li key={`${each.name} ${each.began}`}>
                  <strong>{each.name}</strong> <When at={each.began} /> – <When at={each.ends} />
                </li>
              ))}
            </ul>
          </Panel>
          <PlanPanel place={place} plan={data.plan} />
          <Panel title={t("checkpoints.handovers")}>
            {data.handovers.length === 0 && <p>{t("checkpoints.handoversNone")}</p>}
            <ul className={styles.list}>
              {data.handovers.map((each) => (
                <li key={`${each.guard} ${each.at}`}>
                  <strong>{each.guard}</strong> <When at={each.at} /> · {t("checkpoints.handover", { ...each })}
                  <p>{each.note}</p>
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      )}
    </>
  );
}

function Limit({ place, now }: { place: string; now: number | undefined }) {
  const { t } = useTranslation();
  const [minutes, setMinutes] = useState<number | string>(now ?? "");
  const [basis, setBasis] = useState("");
  const save = useMutation({
    mutationFn: () => setWaitLimit(place, Number(minutes), basis.trim()),
    onSuccess: async () => {
      setBasis("");
      await queryClient.invalidateQueries({ queryKey: ["checkpoints"] });
    },
  });
  return (
    <form
      className={styles.limit}
      onSubmit={(event) => {
        event.preventDefault();
        if (minutes !== "" && basis.trim()) save.mutate();
      }}
    >
      <NumberInput label={t("checkpoints.limit")} min={1} max={600} value={minutes} onChange={setMinutes} w={180} />
      <TextInput label={t("checkpoints.limitBasis")} maxLength={500} value={basis} onChange={(event) => setBasis(event.currentTarget.value)} w={320} maw="100%" />
      <Button type="submit" variant="default" loading={save.isPending} disabled={minutes === "" || !basis.trim()}>
        {t("checkpoints.limitSave")}
      </Button>
      <ProblemNote error={save.error} />
    </form>
  );
}

type Hour = Checkpoint["hours"][number];
type Open = Checkpoint["open"][number];

function Hours({ of }: { of: Checkpoint }) {
  const { t } = useTranslation();
  const columns: Column<Hour>[] = [
    { key: "hour", head: t("checkpoints.hour"), lead: true, cell: (row) => <When at={row.from} /> },
    { key: "direction", head: t("checkpoints.directionHead"), cell: (row) => t(`checkpoints.direction.${row.direction}`) },
    { key: "decision", head: t("checkpoints.decisionHead"), grow: true, cell: (row) => t(`checkpoints.decision.${row.decision}`) },
    { key: "vehicles", head: t("checkpoints.vehicles"), align: "right", cell: (row) => row.vehicles },
    { key: "people", head: t("checkpoints.people"), align: "right", cell: (row) => row.people },
  ];
  const rows = [...of.hours].reverse();
  return <DataTable rows={rows} columns={columns} rowKey={(row) => `${row.from} ${row.direction} ${row.decision}`} caption={t("checkpoints.hours")} />;
}

function Waiting({ of }: { of: Checkpoint }) {
  const { t } = useTranslation();
  const columns: Column<Open>[] = [
    { key: "since", head: t("checkpoints.since"), lead: true, cell: (row) => <When at={row.at} /> },
    { key: "vehicle", head: t("checkpoints.vehicleHead"), grow: true, cell: (row) => t(`checkpoints.vehicle.${row.vehicle}`) },
    { key: "decision", head: t("checkpoints.decisionHead"), cell: (row) => t(`checkpoints.decision.${row.decision}`) },
    { key: "people", head: t("checkpoints.people"), align: "right", cell: (row) => row.people },
  ];
  if (of.open.length === 0) return <p>{t("checkpoints.waitingNone")}</p>;
  return <DataTable rows={of.open} columns={columns} rowKey={(row) => row.id} caption={t("checkpoints.waiting")} />;
}
