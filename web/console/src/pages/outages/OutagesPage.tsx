// What became of codes and messages, hour by hour; outages that are open, by themselves or by hand; and the limits that somebody set.
import { Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { outagesQuery } from "../../api/outages";
import type { OutageHour } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { When } from "../../parts/When";
import { DeclareDialog } from "./DeclareDialog";
import { Limits } from "./Limits";
import { OutageList } from "./OutageList";
import { useDelay } from "./useDelay";

const purposes = ["code", "warning", "reminder"] as const;

export function OutagesPage() {
  const { t } = useTranslation();
  const delay = useDelay();
  const board = useQuery(outagesQuery);
  const [declaring, setDeclaring] = useState(false);
  const purpose = (named: string) => {
    const known = purposes.find((one) => one === named);
    return known ? t(`outages.purpose.${known}`) : named;
  };
  const columns: Column<OutageHour>[] = [
    { key: "hour", head: t("outages.hour"), lead: true, cell: (row) => <When at={row.hour} /> },
    { key: "purpose", head: t("outages.type"), cell: (row) => purpose(row.purpose) },
    { key: "sender", head: t("outages.sender"), grow: true, cell: (row) => row.sender },
    { key: "sent", head: t("outages.sent"), align: "right", cell: (row) => row.sent },
    { key: "failed", head: t("outages.failed"), align: "right", cell: (row) => row.failed },
    { key: "dropped", head: t("outages.dropped"), align: "right", cell: (row) => row.dropped },
    { key: "waiting", head: t("outages.waiting"), align: "right", cell: (row) => row.waiting },
    { key: "again", head: t("outages.again"), align: "right", desk: true, cell: (row) => row.triesAgain },
    { key: "median", head: t("outages.median"), align: "right", cell: (row) => (row.medianSeconds === undefined ? "–" : delay(row.medianSeconds)) },
  ];
  return (
    <>
      <PageHead title={t("shell.section.outages")} lead={t("outages.lead")}>
        <Button variant="default" onClick={() => setDeclaring(true)}>
          {t("outages.declare")}
        </Button>
      </PageHead>
      <ProblemNote error={board.error} retry={() => void board.refetch()} />
      {board.isLoading && <Loading />}
      {board.data && (
        <Stack>
          <OutageList open={board.data.open} />
          <Limits limits={board.data.limits} />
          <Panel title={t("outages.hours")}>
            {board.data.hours.length === 0 ? (
              <Empty bare title={t("outages.none")} />
            ) : (
              <DataTable
                rows={board.data.hours}
                columns={columns}
                rowKey={(row) => `${row.hour} ${row.purpose} ${row.sender}`}
                caption={t("outages.hours")}
                tone={(row) => (row.failed + row.dropped > 0 ? "alarm" : undefined)}
              />
            )}
            <p className="quiet">{t("outages.note")}</p>
          </Panel>
          <OutageList past={board.data.past} />
        </Stack>
      )}
      <DeclareDialog opened={declaring} onClose={() => setDeclaring(false)} />
    </>
  );
}
