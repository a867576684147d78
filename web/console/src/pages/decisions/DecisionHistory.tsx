import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { endDecision, useDecisions } from "../../api/decisions";
import type { Decision } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useDiseaseName, useDutyName, useFormName } from "../../parts/useNames";
import { useEdit } from "../../parts/useEdit";
import { useNow, When } from "../../parts/When";

type Standing = "ended" | "over" | "coming" | "holds";

function standing(decision: Decision, now: number): Standing {
  if (decision.endedAt && Date.parse(decision.endedAt) <= now) return "ended";
  if (Date.parse(decision.until) <= now) return "over";
  return Date.parse(decision.from) > now ? "coming" : "holds";
}

const tones = { ended: "plain", over: "plain", coming: "indigo", holds: "bamboo" } as const;

/** Every decision there ever was, and the way to end one early. */
export function DecisionHistory({ mayEnd }: { mayEnd: boolean }) {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const form = useFormName();
  const duty = useDutyName(true);
  const now = useNow();
  const client = useQueryClient();
  const list = useDecisions();
  const [ending, setEnding] = useState<Decision>();
  const edit = useEdit<Decision, string>({
    save: (reason, version) => endDecision(ending?.id ?? "", version, reason),
    compare: (reason, current) => [
      { name: t("decisions.endedAt"), mine: reason, theirs: current.endedAt ? `${current.endedAt} · ${current.endReason ?? ""}` : undefined },
      { name: t("decisions.until"), mine: ending && <When at={ending.until} />, theirs: <When at={current.until} /> },
    ],
    onSaved: () => {
      setEnding(undefined);
      say(t("decisions.ended"));
      void client.invalidateQueries({ queryKey: ["decisions"] });
    },
    onKept: () => {
      setEnding(undefined);
      void client.invalidateQueries({ queryKey: ["decisions"] });
    },
  });

  const columns: Column<Decision>[] = [
    {
      key: "purpose",
      head: t("decisions.switchesOn"),
      lead: true,
      cell: (row) => (
        <>
          <b>{row.form ? form(row.form) : t(`decisions.purpose.${row.purpose}`)}</b>
          {row.duty && <div>{duty(row.duty)}</div>}
        </>
      ),
    },
    { key: "state", head: t("decisions.state"), cell: (row) => <Badge tone={tones[standing(row, now)]}>{t(`decisions.standing.${standing(row, now)}`)}</Badge> },
    { key: "disease", head: t("cases.disease"), cell: (row) => disease(row.disease) },
    { key: "unit", head: t("decisions.where"), cell: (row) => row.unitName ?? t("common.wholeCountry") },
    { key: "from", head: t("decisions.from"), cell: (row) => <When at={row.from} /> },
    { key: "until", head: t("decisions.until"), cell: (row) => <When at={row.endedAt ?? row.until} /> },
    {
      key: "basis",
      head: t("decisions.basis"),
      grow: true,
      cell: (row) => (
        <>
          {row.basis}
          {row.endReason && <div className="quiet">{t("decisions.endedBecause", { reason: row.endReason })}</div>}
        </>
      ),
    },
    {
      key: "end",
      head: t("common.actions"),
      silent: true,
      cell: (row) =>
        mayEnd &&
        ["holds", "coming"].includes(standing(row, now)) && (
          <Button size="compact-xs" variant="default" onClick={() => setEnding(row)}>
            {t("decisions.end")}
          </Button>
        ),
    },
  ];

  if (!list.loading && !list.error && list.rows.length === 0) return null;
  return (
    <Panel title={t("decisions.all")}>
      <ListFrame list={list} empty={null}>
        {(rows) => <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} caption={t("decisions.all")} stale={list.stale} />}
      </ListFrame>
      <ReasonDialog
        opened={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title={t("decisions.endTitle")}
        action={t("decisions.end")}
        danger
        busy={edit.busy}
        error={edit.error ? <ProblemNote error={edit.error} /> : undefined}
        onReason={(reason) => ending && edit.save(reason, ending.version)}
      >
        <p>{t("decisions.endLead")}</p>
      </ReasonDialog>
      {edit.dialog}
    </Panel>
  );
}
