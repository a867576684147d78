// What the figures of many units are held against, in one file; each line judged by itself.
import { Alert, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { queryClient } from "../../api/query-client";
import { sendDenominatorList } from "../../api/statistics";
import { TextLink } from "../../parts/links";
import { ListForm } from "../../parts/ListForm";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { RefusedLines } from "../../parts/RefusedLines";

export function DenominatorListPage() {
  const { t } = useTranslation();
  const sending = useMutation({
    mutationFn: sendDenominatorList,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["statistics"] }),
  });
  const report = sending.data;
  const columns = {
    unit: t("statistics.list.unit"),
    population: t("statistics.measures.population"),
    smartphones: t("statistics.measures.smartphones"),
    staff: t("statistics.measures.staff"),
    installs: t("statistics.measures.installs"),
    source: t("statistics.source"),
    asOf: t("statistics.asOf"),
  };
  return (
    <>
      <PageHead title={t("statistics.list.title")} lead={t("statistics.list.lead")} back={<TextLink to="/statistics">{t("shell.section.statistics")}</TextLink>} />
      <Stack>
        <Panel title={t("statistics.list.format")}>
          <p>
            <code>unit,population,smartphones,staff,installs,source,asOf</code>
          </p>
          <p>{t("statistics.list.formatText")}</p>
        </Panel>
        <ListForm about="" ready sending={sending} />
        {report && (
          <Alert color={report.refused > 0 ? "yellow" : "green"} role="status">
            {t("statistics.list.told", { taken: report.taken, known: report.known, refused: report.refused })}
          </Alert>
        )}
        {report && <RefusedLines lines={report.lines} columns={columns} own={{ head: t("statistics.list.unit"), of: (line) => line.unit }} />}
      </Stack>
    </>
  );
}
