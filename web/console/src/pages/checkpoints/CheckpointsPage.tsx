// Checkpoints of the area: who is on duty, what passed, what waits. A vehicle or a person is looked for with a reason, which is logged.
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { IconBarrierBlock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { checkpointsQuery, searchPassages } from "../../api/checkpoints";
import type { CheckpointBrief } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { PersonFinder } from "../../parts/PersonFinder";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { UnitName } from "../../parts/When";
import styles from "./Checkpoints.module.css";
import { FoundPassages } from "./FoundPassages";
import { QueueState } from "./QueueState";

interface Asked {
  of: { plate: string } | { person: string };
  name: string;
  reason: string;
}

export function CheckpointsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useQuery(checkpointsQuery);
  const [asking, setAsking] = useState(false);
  const [finding, setFinding] = useState(false);
  const [plate, setPlate] = useState("");
  const search = useMutation({
    mutationFn: async ({ of, name, reason }: Asked) => ({ name, passages: await searchPassages(of, reason) }),
    onSuccess: () => setAsking(false),
  });
  const open = (row: CheckpointBrief) => void navigate({ to: "/checkpoints/$place", params: { place: row.place } });
  const columns: Column<CheckpointBrief>[] = [
    {
      key: "name",
      head: t("checkpoints.name"),
      lead: true,
      grow: true,
      cell: (row) => (
        <TextLink to="/checkpoints/$place" params={{ place: row.place }} fw={600} c="var(--ink)" underline="hover">
          {row.name}
        </TextLink>
      ),
    },
    { key: "unit", head: t("common.unit"), cell: (row) => <UnitName path={row.unitPath} /> },
    { key: "duty", head: t("checkpoints.onDuty"), align: "right", cell: (row) => row.onDuty },
    { key: "day", head: t("checkpoints.day"), align: "right", cell: (row) => row.day.vehicles },
    { key: "people", head: t("checkpoints.people"), align: "right", cell: (row) => row.day.people },
    { key: "open", head: t("checkpoints.open"), align: "right", cell: (row) => row.open },
    { key: "queue", head: t("checkpoints.queue"), cell: (row) => <QueueState of={row.queue} /> },
  ];
  return (
    <>
      <PageHead title={t("checkpoints.title")} lead={t("checkpoints.lead")} back={<TextLink to="/places">{t("shell.section.places")}</TextLink>}>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t("checkpoints.search")}
        </Button>
        <Button variant="default" aria-expanded={finding} onClick={() => setFinding(!finding)}>
          {t("checkpoints.searchPerson")}
        </Button>
      </PageHead>
      {finding && (
        <div className={styles.block}>
          <PersonFinder action={t("checkpoints.ofPerson")} onTake={({ id, name }, reason) => search.mutate({ of: { person: id }, name, reason })} />
          {!asking && <ProblemNote error={search.error} />}
        </div>
      )}
      {search.data && (
        <div className={styles.block}>
          <FoundPassages of={search.data.name} passages={search.data.passages} />
        </div>
      )}
      {list.error && <ProblemNote error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.length === 0 && (
        <Empty icon={<IconBarrierBlock size={38} stroke={1.3} />} title={t("checkpoints.none")}>
          {t("checkpoints.noneLead")}
        </Empty>
      )}
      {list.data && list.data.length > 0 && (
        <DataTable
          rows={list.data}
          columns={columns}
          rowKey={(row) => row.place}
          caption={t("checkpoints.title")}
          onOpen={open}
          tone={(row) => (row.queue.alarm ? "alarm" : undefined)}
        />
      )}
      <ReasonDialog
        opened={asking}
        title={t("checkpoints.searchTitle")}
        action={t("checkpoints.search")}
        ready={plate.trim().length >= 3}
        busy={search.isPending}
        error={<ProblemNote error={search.error} />}
        onReason={(reason) => search.mutate({ of: { plate }, name: plate, reason })}
        onClose={() => setAsking(false)}
      >
        <TextInput label={t("checkpoints.plate")} placeholder="74A-123.45" maxLength={20} value={plate} onChange={(event) => setPlate(event.currentTarget.value)} />
      </ReasonDialog>
    </>
  );
}
