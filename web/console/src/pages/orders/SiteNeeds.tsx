// For who keeps the site: what those who lie there ask for, and writing it down. The list is read by a tap: everybody on it is in the access log.
import { Button, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { bringNeed, needsQuery } from "../../api/needs";
import type { Site } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { When } from "../../parts/When";
import { NeedPanel } from "./NeedPanel";

export function SiteNeeds({ of }: { of: Site }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const [order, setOrder] = useState<string | null>(null);
  const needs = useQuery({ ...needsQuery(of.id), enabled: asked });
  const client = useQueryClient();
  const bringing = useMutation({ mutationFn: bringNeed, onSuccess: () => client.invalidateQueries({ queryKey: ["orders", "needs"] }) });
  const there = of.rooms.flatMap((room) => room.people.map((one) => ({ value: one.order, label: `${one.person.name} · ${t("orders.sites.bedOf", { room: room.name, bed: one.bed })}` })));
  const chosen = there.find((one) => one.value === order)?.value;
  return (
    <>
      <Panel title={t("orders.needs.title")} tight>
        <ProblemNote error={needs.error} />
        <ProblemNote error={bringing.error} />
        {!needs.data ? (
          <Button variant="default" loading={needs.isFetching} onClick={() => (asked ? void needs.refetch() : setAsked(true))}>
            {t("orders.needs.show")}
          </Button>
        ) : needs.data.items.length === 0 ? (
          <p>{t("orders.needs.none")}</p>
        ) : (
          <ul>
            {needs.data.items.map((one) => (
              <li key={one.id}>
                {one.person.name}
                {one.room && `, ${t("orders.sites.bedOf", { room: one.room, bed: one.bed })}`}: {[t(`orders.needs.kind.${one.kind}`), one.words].filter(Boolean).join(": ")} <When at={one.at} /> <Badge tone={one.state === "open" ? "turmeric" : "bamboo"}>{t(`orders.needs.state.${one.state}`)}</Badge>{" "}
                <Button size="compact-sm" variant="default" loading={bringing.isPending && bringing.variables === one.id} aria-label={`${t("orders.needs.brought")}: ${one.person.name}, ${t(`orders.needs.kind.${one.kind}`)}`} onClick={() => bringing.mutate(one.id)}>
                  {t("orders.needs.brought")}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <Select label={t("orders.needs.whose")} searchable data={there} value={chosen ?? null} onChange={setOrder} />
      </Panel>
      {chosen && <NeedPanel key={chosen} order={chosen} atSite />}
    </>
  );
}
