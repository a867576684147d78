// What other systems brought, batch by batch: counts only. People who were not known then are looked for again; a batch is undone.
import { Button, Group } from "@mantine/core";
import { foreignApp } from "@luytre/shared/foreign";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { foreignBatchesQuery, matchForeignBatch, undoForeignBatch } from "../../api/foreign";
import type { ForeignBatch } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { Empty, Loading } from "../../parts/ListFrame";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useLanguage, When } from "../../parts/When";

export function Batches() {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const list = useQuery(foreignBatchesQuery);
  const [undoing, setUndoing] = useState<{ batch: ForeignBatch; key: string }>();
  const again = () => client.invalidateQueries({ queryKey: ["foreign"] });
  const matching = useMutation({
    mutationFn: (batch: string) => matchForeignBatch(batch, crypto.randomUUID()),
    onSuccess: async ({ matched, claims }) => {
      await again();
      say(t("foreign.matched", { matched, claims }));
    },
  });
  const undo = useMutation({
    mutationFn: (asked: { batch: string; key: string; reason: string }) => undoForeignBatch(asked.batch, asked.reason, asked.key),
    onSuccess: async (batch) => {
      await again();
      setUndoing(undefined);
      say(t("foreign.undone", { count: batch.takenBack ?? 0 }));
    },
  });
  const columns: Column<ForeignBatch>[] = [
    { key: "at", head: t("foreign.at"), lead: true, cell: (row) => <When at={row.at} /> },
    { key: "what", head: t("foreign.what"), cell: (row) => `${t(`foreign.short.${row.kind}`)} · ${foreignApp(row.system, language)}` },
    { key: "basis", head: t("foreign.basis"), grow: true, cell: (row) => row.basis },
    { key: "taken", head: t("foreign.taken"), align: "right", cell: (row) => row.taken },
    { key: "claims", head: t("foreign.claims"), align: "right", cell: (row) => row.claims },
    { key: "refused", head: t("foreign.refused"), align: "right", cell: (row) => row.refused },
    {
      key: "do",
      head: t("foreign.undo"),
      silent: true,
      cell: (row) =>
        row.undoneAt ? (
          <span className="quiet">{t("foreign.wasUndone", { count: row.takenBack ?? 0 })}</span>
        ) : (
          <Group gap="xs" wrap="nowrap">
            {row.claims > 0 && (
              <Button size="xs" variant="default" onClick={() => matching.mutate(row.id)} loading={matching.isPending && matching.variables === row.id}>
                {t("foreign.match")}
              </Button>
            )}
            <Button size="xs" variant="default" onClick={() => setUndoing({ batch: row, key: crypto.randomUUID() })}>
              {t("foreign.undo")}
            </Button>
          </Group>
        ),
    },
  ];
  return (
    <>
      <ProblemNote error={list.error ?? matching.error} />
      {list.isLoading && <Loading rows={2} />}
      {list.data &&
        (list.data.length === 0 ? (
          <Empty bare title={t("foreign.none")} />
        ) : (
          <DataTable rows={list.data} columns={columns} rowKey={(row) => row.id} caption={t("foreign.batches")} tone={(row) => (row.undoneAt ? "faded" : undefined)} />
        ))}
      <ReasonDialog
        opened={undoing !== undefined}
        title={t("foreign.undoTitle")}
        action={t("foreign.undo")}
        danger
        busy={undo.isPending}
        error={<ProblemNote error={undo.error} />}
        onReason={(reason) => undoing && undo.mutate({ batch: undoing.batch.id, key: undoing.key, reason })}
        onClose={() => setUndoing(undefined)}
      >
        <p>{t("foreign.undoLead")}</p>
      </ReasonDialog>
    </>
  );
}
