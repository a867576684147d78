// Letters of health authorities that ask for a trace: the department of information enters and runs them, the officer who signed releases them.
// What comes is how many, never who.
import { noon } from "@luytre/shared/time";
import { Button, Group } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useOfficer } from "../../api/session";
import { refuseTraceRequest, releaseTraceRequest, runTraceRequest, traceRequestsQuery } from "../../api/trace-requests";
import type { TraceRequest } from "../../api/types";
import { holds } from "../../logic/navigation";
import { DataTable, type Column } from "../../parts/DataTable";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { Day, useNow, When } from "../../parts/When";
import { EnterLetter } from "./EnterLetter";

export function TraceRequestsPage() {
  const { t } = useTranslation();
  const office = holds(useOfficer(), "informationOffice");
  const list = useQuery(traceRequestsQuery);
  const [entering, setEntering] = useState(false);
  const columns: Column<TraceRequest>[] = [
    {
      key: "number",
      head: t("traceRequests.number"),
      lead: true,
      cell: (row) => (
        <>
          {row.number}
          <div className="quiet">
            <Day at={noon(row.date)} />
          </div>
        </>
      ),
    },
    {
      key: "authority",
      head: t("traceRequests.authority"),
      cell: (row) => (
        <>
          {row.authority}
          <div className="quiet">{row.signedBy}</div>
        </>
      ),
    },
    {
      key: "purpose",
      head: t("traceRequests.purpose"),
      grow: true,
      cell: (row) => (
        <>
          {row.purpose}
          <div className="quiet">{row.caseNumber}</div>
        </>
      ),
    },
    {
      key: "state",
      head: t("traceRequests.state"),
      cell: (row) => (
        <>
          {t(`traceRequests.states.${row.state}`)}
          {row.runsUntil && (
            <div className="quiet">
              {t("traceRequests.until")} <When at={row.runsUntil} />
            </div>
          )}
          {row.why && <div className="quiet">{row.why}</div>}
        </>
      ),
    },
    { key: "found", head: t("traceRequests.found"), cell: (row) => <Found of={row} /> },
    { key: "acts", head: t("traceRequests.run"), silent: true, cell: (row) => <Acts of={row} office={office} /> },
  ];
  return (
    <>
      <PageHead title={t("traceRequests.title")} lead={t("traceRequests.lead")}>
        {office && <Button onClick={() => setEntering(true)}>{t("traceRequests.enter")}</Button>}
      </PageHead>
      <ProblemNote error={list.error} />
      {list.isLoading && <Loading />}
      {list.data && (
        <Panel>
          {list.data.length === 0 ? (
            <Empty bare title={t("traceRequests.none")} />
          ) : (
            <DataTable rows={list.data} columns={columns} rowKey={(row) => row.id} caption={t("traceRequests.title")} tone={(row) => (row.state === "refused" ? "faded" : undefined)} />
          )}
        </Panel>
      )}
      <EnterLetter opened={entering} onClose={() => setEntering(false)} />
    </>
  );
}

function Found({ of }: { of: TraceRequest }) {
  const { t } = useTranslation();
  if (!of.runState) return null;
  if (of.runState === "queued") return <>{t("traceRequests.running")}</>;
  if (of.runState === "notInForce") return <>{t("traceRequests.notInForce")}</>;
  const found = of.found ?? [];
  return (
    <>
      {found.length === 0 && t("traceRequests.nobody")}
      {found.map(({ level, people }) => (
        <div key={level}>{people === undefined ? t("traceRequests.few", { level }) : t("traceRequests.level", { level, count: people })}</div>
      ))}
      {of.runAt && (
        <span className="quiet">
          <When at={of.runAt} />
        </span>
      )}
    </>
  );
}

function Acts({ of, office }: { of: TraceRequest; office: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const now = useNow();
  const [refusing, setRefusing] = useState(false);
  const settled = async (text: string) => {
    setRefusing(false);
    await client.invalidateQueries({ queryKey: ["trace-requests"] });
    say(text);
  };
  const releasing = useMutation({ mutationFn: () => releaseTraceRequest(of.id), onSuccess: () => settled(t("traceRequests.released")) });
  const refusal = useMutation({ mutationFn: (reason: string) => refuseTraceRequest(of.id, reason), onSuccess: () => settled(t("traceRequests.refused")) });
  const running = useMutation({ mutationFn: () => runTraceRequest(of.id), onSuccess: () => settled(t("traceRequests.started")) });
  const runs = office && of.state === "released" && of.runsUntil !== undefined && Date.parse(of.runsUntil) > now;
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        {of.yours && (
          <>
            <Button size="xs" aria-label={`${t("traceRequests.release")}: ${of.number}`} onClick={() => releasing.mutate()} loading={releasing.isPending}>
              {t("traceRequests.release")}
            </Button>
            <Button size="xs" variant="default" aria-label={`${t("traceRequests.refuse")}: ${of.number}`} onClick={() => setRefusing(true)}>
              {t("traceRequests.refuse")}
            </Button>
          </>
        )}
        {runs && (
          <Button size="xs" aria-label={`${t("traceRequests.run")}: ${of.number}`} onClick={() => running.mutate()} loading={running.isPending}>
            {t("traceRequests.run")}
          </Button>
        )}
      </Group>
      <ProblemNote error={releasing.error ?? running.error} />
      <ReasonDialog
        opened={refusing}
        title={`${t("traceRequests.refuse")}: ${of.number}`}
        action={t("traceRequests.refuse")}
        danger
        busy={refusal.isPending}
        error={<ProblemNote error={refusal.error} />}
        onReason={(reason) => refusal.mutate(reason)}
        onClose={() => setRefusing(false)}
      />
    </>
  );
}
