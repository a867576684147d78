// What a release would tell whom, before it happens; then the release, or the request to a second officer.
import { Alert, Button, Group } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { previewQuery, requestRelease } from "../../api/tracing";
import type { WarningPreview } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { Dialog } from "../../parts/Dialog";
import { Empty, Loading } from "../../parts/ListFrame";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { WhenSpan } from "../../parts/When";
import { CaseReleases } from "./CaseReleases";
import { NoticesPanel } from "./interview/NoticesPanel";
import { useCase } from "./useCase";
import styles from "./WarningsTab.module.css";

export function WarningsTab() {
  const { t } = useTranslation();
  const file = useCase();
  const confirmed = file.classification === "confirmed";
  const preview = useQuery({ ...previewQuery(file.id), enabled: confirmed });
  return (
    <div className={styles.tab}>
      {!confirmed && <Empty title={t("warnings.notConfirmed")} />}
      <ProblemNote error={preview.error} retry={() => void preview.refetch()} />
      {preview.isLoading && <Loading rows={4} />}
      {preview.data && <Preview preview={preview.data} caseId={file.id} />}
      <CaseReleases caseId={file.id} />
      {confirmed && <NoticesPanel caseId={file.id} />}
    </div>
  );
}

const secondReasons = ["manyPeople", "antigenOnly"] as const;
const whys = ["public", "fewPresent", "home", "listed", "stigma", "noPlace"] as const;

type Item = WarningPreview["items"][number];

function Preview({ preview, caseId }: { preview: WarningPreview; caseId: string }) {
  const { t } = useTranslation();
  const why = (code: string) => {
    const known = whys.find((one) => one === code);
    return known ? t(`warnings.why.${known}`) : code;
  };
  const second = secondReasons.find((one) => one === preview.whySecond);
  const columns: Column<Item>[] = [
    { key: "place", head: t("warnings.place"), lead: true, cell: (item) => <b>{item.placeName ?? t("warnings.noPlace")}</b> },
    { key: "when", head: t("warnings.when"), cell: (item) => <WhenSpan from={item.from} to={item.to} /> },
    { key: "present", head: t("warnings.present"), align: "right", cell: (item) => item.present },
    { key: "people", head: t("warnings.people"), align: "right", cell: (item) => item.people },
    {
      key: "mode",
      head: t("warnings.modeHead"),
      cell: (item) => <Badge tone={item.mode === "public" ? "turmeric" : "indigo"}>{t(`warnings.mode.${item.mode}`)}</Badge>,
    },
    { key: "why", head: t("warnings.whyHead"), grow: true, cell: (item) => <span className="quiet">{why(item.why)}</span> },
  ];
  return (
    <>
      <div className={styles.summary}>
        <p>
          <b>{preview.people}</b>
          {t("warnings.toWarn")}
        </p>
        <p>
          <b>{preview.withoutPhone}</b>
          {t("warnings.withoutPhone")}
        </p>
        <p>
          <b>{preview.items.filter((item) => item.mode === "public").length}</b>
          {t("warnings.publicPlaces")}
        </p>
        <span className={styles.space} />
        <ReleaseButton preview={preview} caseId={caseId} />
      </div>
      {preview.needsSecondOfficer && (
        <Alert color="turmeric" title={t("warnings.needsSecond")}>
          {second && t(`warnings.second.${second}`)}
        </Alert>
      )}
      {preview.items.length === 0 ? (
        <Empty title={t("warnings.nobody")}>{t("warnings.nobodyLead")}</Empty>
      ) : (
        <DataTable
          rows={preview.items}
          columns={columns}
          rowKey={(item) => `${item.place ?? ""} ${item.from} ${item.to}`}
          caption={t("warnings.preview")}
        />
      )}
      <p className="quiet">{t("warnings.words")}</p>
    </>
  );
}

function ReleaseButton({ preview, caseId }: { preview: WarningPreview; caseId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const label = t(preview.needsSecondOfficer ? "warnings.ask" : "warnings.send");
  const release = useMutation({
    mutationFn: () => requestRelease(caseId),
    onSuccess: (made) => {
      setAsked(false);
      say(t(made.state === "awaiting" ? "warnings.asked" : "warnings.sent", { count: made.people }));
      void client.invalidateQueries({ queryKey: ["releases"] });
      void client.invalidateQueries({ queryKey: ["cases", "preview", caseId] });
      void client.invalidateQueries({ queryKey: ["tasks"] });
    },
  });
  return (
    <>
      <Button leftSection={<IconSend size={17} />} disabled={preview.people === 0} onClick={() => setAsked(true)}>
        {label}
      </Button>
      <Dialog opened={asked} onClose={() => setAsked(false)} title={label}>
        <p>{t(preview.needsSecondOfficer ? "warnings.askLead" : "warnings.sendLead", { count: preview.people })}</p>
        <ProblemNote error={release.error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsked(false)}>
            {t("common.cancel")}
          </Button>
          <Button onClick={() => release.mutate()} loading={release.isPending}>
            {label}
          </Button>
        </Group>
      </Dialog>
    </>
  );
}
