// Whether the case has been notified, and by when it must be: the deadline of its disease, counted from the diagnosis.
import { Button } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { caseQuery, diseasesQuery } from "../../api/cases";
import type { Case } from "../../api/types";
import { lawOn } from "../../logic/notification";
import { Fact, Facts } from "../../parts/Facts";
import { Panel } from "../../parts/Panel";
import { When } from "../../parts/When";
import { NoticeMark } from "./NoticeMark";
import { RecordDatesDialog } from "./RecordDatesDialog";

export function NotificationPanel({ file }: { file: Case }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const diseases = useQuery(diseasesQuery);
  // The case as the officer saw it when beginning: a newer one must not be overwritten unseen.
  const [seen, setSeen] = useState<Case>();
  const disease = diseases.data?.items.find((one) => one.id === file.disease);
  const law = disease && lawOn(disease, localDate(Date.parse(file.diagnosedAt ?? file.createdAt)));
  const show = (fresh: Case) => {
    setSeen(undefined);
    client.setQueryData(caseQuery(file.id).queryKey, fresh);
    void client.invalidateQueries({ queryKey: ["cases"], predicate: (query) => query.queryKey[1] !== "one" });
  };
  return (
    <Panel
      title={t("cases.notice.title")}
      actions={
        <Button variant="default" size="xs" className="no-print" onClick={() => setSeen(file)}>
          {t("cases.notice.record")}
        </Button>
      }
    >
      {law && (
        <p className="quiet">
          {law.group && t("cases.notice.group", { group: law.group })} {law.hours ? t("cases.notice.rule", { count: law.hours }) : t("cases.notice.noRule")}
          {law.source && (
            <>
              {" "}
              {t("cases.notice.source")}: {law.source.split(": ", 1)[0]}
            </>
          )}
        </p>
      )}
      <Facts>
        <Fact name={t("cases.diagnosedAt")}>{file.diagnosedAt ? <When at={file.diagnosedAt} /> : t("common.unknown")}</Fact>
        {file.notifyBy && (
          <Fact name={t("cases.notice.by")}>
            <When at={file.notifyBy} /> {!file.notifiedAt && <NoticeMark of={file} />}
          </Fact>
        )}
        <Fact name={t("cases.notice.at")}>{file.notifiedAt ? <When at={file.notifiedAt} /> : t("cases.notice.notYet")}</Fact>
        <Fact name={t("cases.notice.publishedAt")}>{file.publishedAt ? <When at={file.publishedAt} /> : t("cases.notice.notPublished")}</Fact>
      </Facts>
      {seen && <RecordDatesDialog file={seen} onClose={() => setSeen(undefined)} onChanged={show} />}
    </Panel>
  );
}
