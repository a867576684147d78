// A laboratory's desk: what arrives, results one by one or as a list, what is missing, how long it takes. Barcodes, no people.
import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { laboratoryQuery, receiveTube, sendResultList, settleUnmatched } from "../../api/laboratory";
import type { Laboratory, TubeBatch, UnmatchedResult } from "../../api/types";
import { sortRead, whatIsScanned } from "../../logic/tube-scan";
import { DataTable, type Column } from "../../parts/DataTable";
import { Fact, Facts } from "../../parts/Facts";
import { TextLink } from "../../parts/links";
import { ListForm, type ListFile } from "../../parts/ListForm";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { RefusedLines } from "../../parts/RefusedLines";
import { Scanner } from "../../parts/Scanner";
import { Ago, UnitName, When } from "../../parts/When";
import { LabTubes } from "./LabTubes";
import { TubeDesk } from "./TubeDesk";

const route = getRouteApi("/office/laboratory/labs/$laboratory");

export function LabPage() {
  const { t } = useTranslation();
  const { laboratory: id } = route.useParams();
  const client = useQueryClient();
  const seen = useQuery(laboratoryQuery(id));
  const changed = () => void client.invalidateQueries({ queryKey: ["laboratory"] });
  if (barring(seen)) return <ProblemNote error={seen.error} retry={() => void seen.refetch()} />;
  if (!seen.data) return <Loading />;
  const { laboratory, turnaround, batches, unmatched } = seen.data;
  return (
    <>
      <PageHead title={laboratory.name} lead={t("laboratory.labLead")} back={<TextLink to="/laboratory">{t("shell.section.laboratory")}</TextLink>} />
      <Stack>
        <Times times={turnaround} />
        <Receive id={id} onReceived={changed} />
        <TubeDesk id={id} onChanged={changed} />
        <Bring id={id} onDone={changed} />
        {unmatched.length > 0 && <Apart rows={unmatched} onSettled={changed} />}
        <LabTubes id={id} />
        <Batches rows={batches} />
      </Stack>
    </>
  );
}

function Times({ times }: { times: Laboratory["turnaround"] }) {
  const { t } = useTranslation();
  const minutes = (value: number | undefined) =>
    value === undefined ? "–" : value < 60 ? t("common.minutes", { count: value }) : t("laboratory.hours", { hours: Math.floor(value / 60), minutes: value % 60 });
  return (
    <Panel title={t("laboratory.times")}>
      <p className="quiet">{t("laboratory.timesLead", { count: times.tubes })}</p>
      <Facts>
        <Fact name={t("laboratory.toReception")}>{minutes(times.toReception)}</Fact>
        <Fact name={t("laboratory.toResult")}>{minutes(times.toResult)}</Fact>
        <Fact name={t("laboratory.whole")}>{minutes(times.whole)}</Fact>
        <Fact name={t("laboratory.onTheWay")}>
          {times.onTheWay}
          {times.onTheWaySince && (
            <>
              {" · "}
              {t("laboratory.oldest")} <Ago at={times.onTheWaySince} />
            </>
          )}
        </Fact>
        <Fact name={t("laboratory.waiting")}>
          {times.waiting}
          {times.waitingSince && (
            <>
              {" · "}
              {t("laboratory.oldest")} <Ago at={times.waitingSince} />
            </>
          )}
        </Fact>
      </Facts>
    </Panel>
  );
}

function Receive({ id, onReceived }: { id: string; onReceived: () => void }) {
  const { t } = useTranslation();
  const [tube, setTube] = useState("");
  const [word, setWord] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const byCamera = useRef(false); // else a keyboard would open over its picture
  const receiving = useMutation({
    mutationFn: (label: string) => receiveTube(id, label),
    onSuccess: (_, label) => {
      setTube("");
      setWord(byCamera.current ? t("laboratory.read.received", { tube: label }) : "");
      onReceived();
    },
    // The next scan takes the place of what was refused.
    onError: () => {
      setWord("");
      if (!byCamera.current) box.current?.select();
    },
  });
  const receive = (label: string, seen: boolean) => {
    if (!label || receiving.isPending) return;
    byCamera.current = seen;
    receiving.mutate(label);
  };
  const read = (text: string) => {
    if (receiving.isPending) return;
    if (whatIsScanned(text) !== "tube") return setWord(t("laboratory.read.notTube"));
    const { tube: label } = sortRead("", "", text);
    setTube(label);
    setWord(t("laboratory.read.receiving", { tube: label }));
    receive(label, true);
  };
  const batch = receiving.data;
  return (
    <Panel title={t("laboratory.receive")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          receive(tube.trim(), false);
        }}
      >
        <Group align="flex-end">
          <TextInput
            ref={box}
            label={t("laboratory.barcode")}
            value={tube}
            onChange={(event) => setTube(event.currentTarget.value)}
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
          />
          <Button type="submit" disabled={!tube.trim()} loading={receiving.isPending}>
            {t("laboratory.receiveNow")}
          </Button>
        </Group>
      </form>
      <Scanner paper={false} wanted="labels" goesOn resting={receiving.isPending} onText={read} />
      <p role="status">{word}</p>
      <ProblemNote error={receiving.error} />
      {batch && (
        <Alert mt="sm" role="status" color={batch.missing.length > 0 ? "yellow" : "green"}>
          {t("laboratory.received", { received: batch.received, count: batch.tubes, from: batch.from })}
        </Alert>
      )}
    </Panel>
  );
}

function Bring({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation();
  const sending = useMutation({ mutationFn: (list: ListFile) => sendResultList(id, list), onSuccess: onDone });
  const report = sending.data;
  const columns = {
    tube: t("laboratory.tube"),
    method: t("laboratory.methodHead"),
    result: t("laboratory.result"),
    ct: "Ct",
    lineage: t("laboratory.lineage"),
    date: t("laboratory.testedAt"),
  };
  return (
    <>
      <Panel title={t("laboratory.import")}>
        <p>
          {t("teams.format")}: <code>tube,method,result,ct,lineage,date</code>
        </p>
        <p className="quiet">{t("laboratory.importLead")}</p>
      </Panel>
      <ListForm about={id} ready sending={sending} />
      {report && (
        <Alert color={report.refused + report.unmatched > 0 ? "yellow" : "green"} role="status">
          {t("laboratory.told", { taken: report.taken, same: report.same, unmatched: report.unmatched, refused: report.refused })}
        </Alert>
      )}
      {report && <RefusedLines lines={report.lines} columns={columns} own={{ head: t("laboratory.tube"), of: (line) => line.tube }} />}
    </>
  );
}

function Apart({ rows, onSettled }: { rows: readonly UnmatchedResult[]; onSettled: () => void }) {
  const { t } = useTranslation();
  const [tubes, setTubes] = useState<Readonly<Record<string, string>>>({});
  const settling = useMutation({ mutationFn: ({ id, tube }: { id: string; tube?: string }) => settleUnmatched(id, tube), onSuccess: onSettled });
  const columns: Column<UnmatchedResult>[] = [
    { key: "tube", head: t("laboratory.tube"), lead: true, cell: (row) => <code>{row.tube}</code> },
    {
      key: "result",
      head: t("laboratory.result"),
      grow: true,
      cell: (row) => `${t(`laboratory.method.${row.method}`)}: ${t(`laboratory.outcome.${row.outcome}`)}${row.ct === undefined ? "" : `, Ct ${row.ct}`}${row.lineage ? `, ${row.lineage}` : ""}`,
    },
    { key: "at", head: t("laboratory.testedAt"), cell: (row) => <When at={row.at} /> },
    {
      key: "settle",
      head: t("laboratory.change"),
      silent: true,
      cell: (row) => (
        <Group gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            aria-label={`${t("laboratory.rightTube")}: ${row.tube}`}
            placeholder={t("laboratory.rightTube")}
            value={tubes[row.id] ?? ""}
            onChange={(event) => {
              const value = event.currentTarget.value;
              setTubes((before) => ({ ...before, [row.id]: value }));
            }}
            maxLength={40}
            autoComplete="off"
          />
          <Button
            size="xs"
            aria-label={`${t("laboratory.match")}: ${row.tube}`}
            disabled={!tubes[row.id]?.trim() || settling.isPending}
            onClick={() => settling.mutate({ id: row.id, tube: tubes[row.id]!.trim() })}
          >
            {t("laboratory.match")}
          </Button>
          <Button size="xs" variant="default" aria-label={`${t("laboratory.dismiss")}: ${row.tube}`} disabled={settling.isPending} onClick={() => settling.mutate({ id: row.id })}>
            {t("laboratory.dismiss")}
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <Panel title={t("laboratory.unmatched")}>
      <p className="quiet">{t("laboratory.unmatchedLead")}</p>
      <ProblemNote error={settling.error} />
      <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} caption={t("laboratory.unmatched")} />
    </Panel>
  );
}

function Batches({ rows }: { rows: readonly TubeBatch[] }) {
  const { t } = useTranslation();
  const columns: Column<TubeBatch>[] = [
    { key: "from", head: t("laboratory.from"), lead: true, cell: (row) => <UnitName path={row.from} /> },
    { key: "sent", head: t("laboratory.sentAt"), cell: (row) => <When at={row.sentAt} /> },
    { key: "sender", head: t("laboratory.sender"), cell: (row) => row.sender },
    { key: "arrived", head: t("laboratory.arrived"), align: "right", cell: (row) => `${row.received}/${row.tubes}` },
    { key: "done", head: t("laboratory.done"), align: "right", cell: (row) => `${row.resulted}/${row.tubes}` },
    { key: "missing", head: t("laboratory.missing"), grow: true, cell: (row) => (row.missing.length > 0 ? <code>{row.missing.join(" ")}</code> : "–") },
  ];
  return (
    <Panel title={t("laboratory.batches")}>
      {rows.length === 0 ? (
        <Empty bare title={t("laboratory.noBatches")} />
      ) : (
        <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} caption={t("laboratory.batches")} tone={(row) => (row.resulted === row.tubes ? "faded" : undefined)} />
      )}
    </Panel>
  );
}
