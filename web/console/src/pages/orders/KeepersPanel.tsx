// Who keeps the site for its owner: accounts named by officers of the site's unit, who end that at once.
import { Button, Group, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { endKeeper, keepersQuery, nameKeeper } from "../../api/sites";
import type { Keepers } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { When } from "../../parts/When";

export function KeepersPanel({ site }: { site: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(keepersQuery(site));
  const [account, setAccount] = useState<string | null>(null);
  const acting = useMutation({
    mutationFn: (act: () => Promise<Keepers>) => act(),
    onSuccess: (fresh) => {
      setAccount(null);
      client.setQueryData(keepersQuery(site).queryKey, fresh);
    },
  });
  return (
    <Panel title={t("orders.keepers.title")} tight>
      <p className="quiet">{t("orders.keepers.lead")}</p>
      <ProblemNote error={error} retry={() => void refetch()} />
      <ProblemNote error={acting.error} />
      {data && (
        <>
          {data.keepers.length === 0 ? (
            <p>{t("orders.keepers.none")}</p>
          ) : (
            <ul>
              {data.keepers.map((one) => (
                <li key={one.account}>
                  {one.name} <span className="quiet">{t("orders.keepers.by", { name: one.namedBy })}</span> <When at={one.since} /> {!one.may && <Badge tone="turmeric">{t("orders.keepers.mayNot")}</Badge>}{" "}
                  <Button size="compact-sm" variant="subtle" loading={acting.isPending} aria-label={`${t("orders.keepers.end")}: ${one.name}`} onClick={() => acting.mutate(() => endKeeper(site, one.account))}>
                    {t("orders.keepers.end")}
                  </Button>
                </li>
              ))}
            </ul>
          )}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (account) acting.mutate(() => nameKeeper(site, account));
            }}
          >
            <Group align="flex-end">
              <Select label={t("orders.keepers.account")} searchable data={data.others.map((one) => ({ value: one.id, label: one.name }))} value={account} onChange={setAccount} nothingFoundMessage={t("orders.keepers.nobody")} />
              <Button type="submit" variant="default" disabled={!account} loading={acting.isPending}>
                {t("orders.keepers.name")}
              </Button>
            </Group>
          </form>
        </>
      )}
    </Panel>
  );
}
