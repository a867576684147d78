// A new case in a room: for those whose days should begin anew the extensions are proposed at once, drafted together, and signed one by one or together.
import { Button, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { proposeTogether } from "../../api/orders";
import { siteQuery } from "../../api/sites";
import type { Occupant, Site } from "../../api/types";
import { DayField } from "../../parts/DayField";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { useSentOnce } from "../../parts/useSentOnce";
import { Refusal } from "./Refusal";

export function RoomExtend({ site, room }: { site: string; room: Site["rooms"][number] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [days, setDays] = useState<Readonly<Record<string, string | undefined>>>({});
  const [source, setSource] = useState("");
  const [refused, setRefused] = useState<{ name: string; code: string }[]>([]);
  const whom = room.people.filter((one) => one.restart && one.orderState === "running" && !one.waiting);
  const dayOf = (one: Occupant) => (one.order in days ? days[one.order] : one.restartUntil);
  const dated = whom.flatMap((one) => {
    const lastDay = dayOf(one);
    return lastDay ? [{ one, lastDay }] : [];
  });
  const send = useSentOnce(proposeTogether);
  const acting = useMutation({
    mutationFn: (reason: string) =>
      send({ items: dated.map(({ one, lastDay }) => ({ order: one.order, version: one.version, step: { kind: "extend" as const, lastDay, ...(source.trim() ? { source: source.trim() } : {}), reason } })) }),
    onSuccess: ({ items }) => {
      setRefused(items.flatMap((line) => (line.refused ? [{ name: whom.find((one) => one.order === line.order)?.person.name ?? "", code: line.refused }] : [])));
      setOpen(false);
      void client.invalidateQueries({ queryKey: siteQuery(site).queryKey });
      void client.invalidateQueries({ queryKey: ["orders"] });
    },
  });
  return (
    <>
      {refused.length > 0 && (
        <ul role="alert">
          {refused.map(({ name, code }) => (
            <li key={name}>
              {name}: <Refusal code={code} />
            </li>
          ))}
        </ul>
      )}
      {whom.length > 0 && (
        <Button
          variant="default"
          onClick={() => {
            acting.reset();
            setOpen(true);
          }}
        >
          {t("orders.sites.extendRoom", { count: whom.length })}
        </Button>
      )}
      <ReasonDialog opened={open} title={t("orders.sites.extendTitle", { room: room.name })} action={t("orders.propose")} ready={dated.length > 0} busy={acting.isPending} error={<ProblemNote error={acting.error} />} onReason={(reason) => acting.mutate(reason)} onClose={() => setOpen(false)}>
        <Stack>
          <p>{t("orders.sites.extendLead")}</p>
          {whom.map((one) => (
            <DayField key={one.order} label={t("orders.sites.extendUntil", { name: one.person.name })} value={dayOf(one)} onChange={(day) => setDays((before) => ({ ...before, [one.order]: day }))} />
          ))}
          <TextInput label={t("orders.moreSource")} description={t("orders.moreSourceHelp")} value={source} onChange={(event) => setSource(event.currentTarget.value)} maxLength={300} />
        </Stack>
      </ReasonDialog>
    </>
  );
}
