// What was read out in the own area, as it was said.
import { CopyButton, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useBroadcasts } from "../../api/broadcasts";
import type { Broadcast } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { When } from "../../parts/When";
import styles from "./BroadcastsPage.module.css";

export function Book() {
  const { t } = useTranslation();
  const list = useBroadcasts();
  const columns: Column<Broadcast>[] = [
    { key: "at", head: t("broadcasts.when"), lead: true, cell: (row) => <When at={row.at} /> },
    { key: "unit", head: t("common.unit"), cell: (row) => row.unitName },
    {
      key: "words",
      head: t("broadcasts.text"),
      grow: true,
      cell: (row) => (
        <details>
          <summary>{row.words.slice(0, 80)}…</summary>
          <p className={styles.words} lang="vi">
            {row.words}
          </p>
        </details>
      ),
    },
    {
      key: "by",
      head: t("broadcasts.by"),
      cell: (row) => (
        <>
          {row.by} <span className="quiet">({t(row.edited ? "broadcasts.edited" : "broadcasts.made")})</span>
        </>
      ),
    },
    {
      key: "copy",
      head: t("common.copy"),
      silent: true,
      cell: (row) => (
        <CopyButton value={row.words}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {t(copied ? "common.copied" : "common.copy")}
            </Button>
          )}
        </CopyButton>
      ),
    },
  ];
  return (
    <Panel title={t("broadcasts.book")}>
      <ListFrame list={list} empty={<Empty bare title={t("broadcasts.none")} />}>
        {(rows) => <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} caption={t("broadcasts.book")} stale={list.stale} />}
      </ListFrame>
    </Panel>
  );
}
