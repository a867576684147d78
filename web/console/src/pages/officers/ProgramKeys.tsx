// Keys by which programs of other institutions hand over their lists: made, shown once, revoked.
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { keysQuery, revokeKey } from "../../api/keys";
import type { ProgramKey } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { Loading } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { Ago, Day, useNow } from "../../parts/When";
import { NewKeyDialog } from "./NewKeyDialog";
import { RevokeKeyDialog } from "./RevokeKeyDialog";

export function ProgramKeys() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const list = useQuery(keysQuery);
  const now = useNow();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ProgramKey>();
  const revocation = useMutation({
    mutationFn: revokeKey,
    onSuccess: async (key) => {
      await client.invalidateQueries({ queryKey: ["keys"] });
      setRevoking(undefined);
      say(t("officers.keys.wasRevoked", { name: key.name }));
    },
  });
  const over = (key: ProgramKey) => key.revokedAt !== undefined || Date.parse(key.expiresAt) <= now;
  const columns: Column<ProgramKey>[] = [
    { key: "name", head: t("officers.keys.name"), lead: true, grow: true, cell: (row) => <b>{row.name}</b> },
    { key: "area", head: t("common.unit"), cell: (row) => row.areaName },
    { key: "until", head: t("officers.keys.until"), cell: (row) => <Day at={row.expiresAt} /> },
    { key: "used", head: t("officers.lastSeen"), cell: (row) => (row.lastUsedAt ? <Ago at={row.lastUsedAt} /> : t("officers.never")) },
    {
      key: "state",
      head: t("officers.state"),
      cell: (row) => (
        <Badge tone={over(row) ? "plain" : "bamboo"}>{t(row.revokedAt ? "officers.keys.revoked" : over(row) ? "officers.keys.over" : "officers.active")}</Badge>
      ),
    },
    {
      key: "do",
      head: t("common.actions"),
      silent: true,
      cell: (row) =>
        !over(row) && (
          <Button size="compact-sm" variant="default" onClick={() => setRevoking(row)} aria-label={t("officers.keys.revokeOf", { name: row.name })}>
            {t("officers.keys.revoke")}
          </Button>
        ),
    },
  ];
  return (
    <Panel
      title={t("officers.keys.title")}
      actions={
        <Button size="xs" variant="default" leftSection={<IconPlus size={15} />} onClick={() => setMaking(true)}>
          {t("officers.keys.new")}
        </Button>
      }
    >
      <p>{t("officers.keys.lead")}</p>
      {list.isLoading && <Loading rows={2} />}
      <ProblemNote error={list.error} retry={() => void list.refetch()} />
      {list.data && list.data.length === 0 && <p className="quiet">{t("officers.keys.none")}</p>}
      {list.data && list.data.length > 0 && (
        <DataTable
          rows={list.data}
          columns={columns}
          rowKey={(row) => row.id}
          caption={t("officers.keys.title")}
          tone={(row) => (over(row) ? "faded" : undefined)}
        />
      )}
      <NewKeyDialog opened={making} onClose={() => setMaking(false)} />
      {revoking && (
        <RevokeKeyDialog
          name={revoking.name}
          error={revocation.error}
          busy={revocation.isPending}
          onRevoke={() => revocation.mutate(revoking.id)}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </Panel>
  );
}
