import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { approveRelease, rejectRelease } from "../../api/tracing";
import type { Release } from "../../api/types";
import { ReleaseState } from "../../parts/Badges";
import { Dialog } from "../../parts/Dialog";
import { TextLink } from "../../parts/links";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { When } from "../../parts/When";
import styles from "./ReleaseRow.module.css";

const secondReasons = ["manyPeople", "antigenOnly"] as const;

/** One release: who asked for what, and the second officer's decision. Whoever asked cannot decide. */
export function ReleaseRow({ release, linked }: { release: Release; linked?: boolean }) {
  const { t } = useTranslation();
  const second = secondReasons.find((one) => one === release.needsSecond);
  return (
    <article className={styles.release}>
      <div className={styles.words}>
        <p className={styles.head}>
          <ReleaseState of={release.state} />
          <b>{t("common.people", { count: release.people })}</b>
          {linked && (
            <TextLink to="/cases/$case/warnings" params={{ case: release.case }}>
              {release.caseNumber}
            </TextLink>
          )}
        </p>
        <p className={styles.line}>
          {t("releases.askedBy", { name: release.requestedBy })} · <When at={release.requestedAt} />
          {second && ` · ${t(`warnings.second.${second}`)}`}
        </p>
        {release.decidedBy && (
          <p className={styles.line}>
            {t("releases.decidedBy", { name: release.decidedBy })}
            {release.decidedAt && (
              <>
                {" "}
                · <When at={release.decidedAt} />
              </>
            )}
            {release.reason && ` · ${release.reason}`}
          </p>
        )}
      </div>
      {release.state === "awaiting" && (release.mine ? <span className="quiet">{t("releases.mine")}</span> : <Deciding release={release} />)}
    </article>
  );
}

function Deciding({ release }: { release: Release }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState<"approve" | "reject">();
  const settled = (text: string) => {
    setOpen(undefined);
    say(text);
    void client.invalidateQueries({ queryKey: ["releases"] });
    void client.invalidateQueries({ queryKey: ["tasks"] });
  };
  const approval = useMutation({
    mutationFn: () => approveRelease(release.id),
    onSuccess: () => settled(t("warnings.sent", { count: release.people })),
  });
  const refusal = useMutation({
    mutationFn: (reason: string) => rejectRelease(release.id, reason),
    onSuccess: () => settled(t("releases.rejected")),
  });
  return (
    <Group gap="xs">
      <Button onClick={() => setOpen("approve")}>{t("releases.approve")}</Button>
      <Button variant="default" onClick={() => setOpen("reject")}>
        {t("releases.reject")}
      </Button>
      <Dialog opened={open === "approve"} onClose={() => setOpen(undefined)} title={t("releases.approve")}>
        <p>{t("releases.approveLead", { count: release.people, number: release.caseNumber })}</p>
        <ProblemNote error={approval.error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setOpen(undefined)}>
            {t("common.cancel")}
          </Button>
          <Button onClick={() => approval.mutate()} loading={approval.isPending}>
            {t("releases.approve")}
          </Button>
        </Group>
      </Dialog>
      <ReasonDialog
        opened={open === "reject"}
        onClose={() => setOpen(undefined)}
        title={t("releases.reject")}
        action={t("releases.reject")}
        danger
        busy={refusal.isPending}
        error={<ProblemNote error={refusal.error} />}
        onReason={(reason) => refusal.mutate(reason)}
      />
    </Group>
  );
}
