// A group that arrives at once: codes scanned, pasted or from a file; beds proposed, changed by hand, and all taken in one call.
import { Button, FileInput, Group, Select, Stack, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { lookIntake, siteQuery, takeIn } from "../../api/sites";
import type { IntakeLine, Site } from "../../api/types";
import { orderCodes } from "../../logic/order-codes";
import { showDay } from "../../logic/moments";
import { DataTable, type Column } from "../../parts/DataTable";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { Scanner } from "../../parts/Scanner";
import { say } from "../../parts/Toasts";
import { useSentOnce } from "../../parts/useSentOnce";
import { Refusal } from "./Refusal";

const most = 200; // modules/quarantine/sites.h: kIntakeMost
const of = (bed: { room: string; bed: number }) => `${bed.room}/${bed.bed}`;

export function IntakePanel({ site }: { site: Site }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [lines, setLines] = useState<IntakeLine[]>([]);
  const [beds, setBeds] = useState<ReadonlyMap<string, string>>(new Map());
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const codes = orderCodes(text);
  const looking = useMutation({
    mutationFn: () => lookIntake(site.id, codes),
    onSuccess: ({ items }) => {
      setLines(items);
      setRefused(new Map());
      setBeds(new Map(items.flatMap((one) => (one.order && one.proposed ? [[one.order, of(one.proposed)] as const] : []))));
    },
  });
  // Who keeps the site shows by the code that the paper is in hand.
  const chosen = lines.flatMap(({ order, code }) => {
    const [room, bed] = (order && beds.get(order))?.split("/") ?? [];
    return order && room && bed ? [{ order, room, bed: Number(bed), ...(site.kept ? { code } : {}) }] : [];
  });
  const take = useSentOnce((items: typeof chosen, key) => takeIn(site.id, items, key));
  const taking = useMutation({
    mutationFn: () => take(chosen),
    onSuccess: ({ items }) => {
      const failed = new Map(items.flatMap((one) => (one.refused ? [[one.order, one.refused] as const] : [])));
      const taken = new Set(items.filter((one) => !one.refused).map((one) => one.order));
      setRefused(failed);
      setLines((before) => before.filter(({ order }) => !order || !taken.has(order)));
      if (failed.size === 0) setText("");
      say(t("orders.sites.intakeTaken", { count: taken.size }));
      void client.invalidateQueries({ queryKey: siteQuery(site.id).queryKey });
      void client.invalidateQueries({ queryKey: ["sites", "list"] });
    },
  });
  const free = site.rooms.flatMap((room) => {
    const lying = new Set(room.people.map((one) => one.bed));
    return Array.from({ length: room.beds }, (_, i) => i + 1)
      .filter((bed) => !lying.has(bed))
      .map((bed) => ({ value: of({ room: room.id, bed }), label: t("orders.sites.bedOf", { room: room.name, bed }) }));
  });
  const columns: Column<IntakeLine>[] = [
    { key: "person", head: t("orders.person"), lead: true, grow: true, cell: (row) => (row.person ? `${row.person.name} · ${row.number ?? ""}` : row.code.slice(0, 40)) },
    { key: "until", head: t("orders.lastDay"), cell: (row) => row.lastDay && <span className="number">{showDay(row.lastDay)}</span> },
    {
      key: "bed",
      head: t("orders.sites.bed"),
      cell: (row) => {
        const { order, lies } = row;
        if (row.refused || !order) return <Refusal code={row.refused ?? "invalid"} />;
        if (lies) return t("orders.sites.liesThere", { bed: lies.bed, room: site.rooms.find((one) => one.id === lies.room)?.name ?? "" });
        const mine = beds.get(order) ?? null;
        const others = new Set([...beds].filter(([whose]) => whose !== order).map(([, bed]) => bed));
        const wrong = refused.get(order);
        return (
          <Select
            aria-label={`${t("orders.sites.bed")}: ${row.person?.name ?? row.code}`}
            searchable
            clearable
            data={free.filter((one) => !others.has(one.value))}
            value={mine}
            placeholder={t("orders.sites.noProposal")}
            onChange={(bed) => setBeds((before) => new Map(bed ? [...before, [order, bed]] : [...before].filter(([whose]) => whose !== order)))}
            error={wrong && <Refusal code={wrong} />}
          />
        );
      },
    },
  ];
  if (!open)
    return (
      <Panel title={t("orders.sites.intake")} tight>
        <Button variant="default" onClick={() => setOpen(true)}>
          {t("orders.sites.intakeOpen")}
        </Button>
      </Panel>
    );
  return (
    <Panel title={t("orders.sites.intake")}>
      <Stack>
        <p className="quiet">{t(site.kept ? "orders.sites.intakeKept" : "orders.sites.intakeLead")}</p>
        <Scanner paper={false} goesOn onText={(code) => setText((before) => (before.includes(code) ? before : `${before}${before && !before.endsWith("\n") ? "\n" : ""}${code}\n`))} />
        <Textarea label={t(site.kept ? "orders.sites.intakePapers" : "orders.sites.intakeCodes")} description={site.kept ? undefined : t("orders.sites.intakeCodesHelp")} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={3} maxRows={12} />
        <FileInput label={t("orders.sites.intakeFile")} accept=".txt,.csv,text/plain,text/csv" value={null} onChange={(file) => void file?.text().then((read) => setText((before) => `${before}${before && !before.endsWith("\n") ? "\n" : ""}${read}`))} />
        <ProblemNote error={looking.error} />
        <Group>
          <Button variant={lines.length > 0 ? "default" : "filled"} disabled={codes.length === 0 || codes.length > most} loading={looking.isPending} onClick={() => looking.mutate()}>
            {t("orders.sites.intakeLook", { count: codes.length })}
          </Button>
        </Group>
        {codes.length > most && <p role="alert">{t("orders.sites.intakeMost", { count: most })}</p>}
        {lines.length > 0 && (
          <>
            <DataTable rows={lines} columns={columns} rowKey={(row) => row.order ?? row.code} caption={t("orders.sites.intake")} />
            <ProblemNote error={taking.error} />
            <Group>
              <Button disabled={chosen.length === 0} loading={taking.isPending} onClick={() => taking.mutate()}>
                {t("orders.sites.intakeTake", { count: chosen.length })}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Panel>
  );
}
