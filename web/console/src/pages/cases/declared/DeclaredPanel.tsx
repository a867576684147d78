// Who was declared a contact of this case, withdrawn ones among them, which can be put up again.
import { Button, Group } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { contactsQuery, refreshContacts, restoreContact, withdrawContact } from "../../../api/contacts";
import type { Case, DeclaredContact } from "../../../api/types";
import { Panel } from "../../../parts/Panel";
import { ProblemNote } from "../../../parts/ProblemNote";
import { ReasonDialog } from "../../../parts/ReasonDialog";
import { say } from "../../../parts/Toasts";
import { When, WhenSpan } from "../../../parts/When";
import styles from "../interview/Interview.module.css";

export function DeclaredPanel({ of: file }: { of: Case }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(contactsQuery(file.id));
  const [leaving, setLeaving] = useState<DeclaredContact>();
  const changed = () => refreshContacts(client, file.id);
  const withdrawing = useMutation({
    mutationFn: ({ of, reason }: { of: DeclaredContact; reason: string }) => withdrawContact(of.id, of.version, reason),
    onSuccess: (fresh) => {
      say(t("declared.withdrawn", { name: fresh.person.name }));
      setLeaving(undefined);
    },
    onSettled: changed,
  });
  const restoring = useMutation({
    mutationFn: (of: DeclaredContact) => restoreContact(of.id, of.version),
    onSuccess: (fresh) => say(t("declared.added", { name: fresh.person.name })),
    onSettled: changed,
  });
  if (error && !data) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data || data.length === 0) return null;
  return (
    <Panel title={t("declared.listed")}>
      <ProblemNote error={restoring.error} />
      <ul className={styles.list} aria-label={t("declared.listed")}>
        {data.map((one) => (
          <li key={one.id} data-struck={one.withdrawn || undefined}>
            <p className={styles.told}>
              <b>{one.person.name}</b> <span className="quiet">{one.person.birthYear}</span>
              {one.relation && ` · ${one.relation}`}
            </p>
            <p className={styles.told}>
              <WhenSpan from={one.from} to={one.to} />
              {one.wholeDay && ` · ${t("declared.dayTold")}`}
              {one.where && ` · ${one.where}`}
            </p>
            {!one.withdrawn && !one.candidate && file.classification !== "discarded" && <p>{t("declared.outside")}</p>}
            <p className="quiet">
              {t(`declared.source.${one.how}`)}
              {one.steps.map((step, index) => (
                <span key={index}>
                  {" · "}
                  {t(step.stands ? "declared.stepBy" : "declared.withdrawnBy", { name: step.by })} <When at={step.at} />
                  {step.reason && `: ${step.reason}`}
                </span>
              ))}
            </p>
            <Group gap="xs" className="no-print">
              {one.ofMilestone ? (
                <span className="quiet">{t("declared.ofMilestone")}</span>
              ) : one.withdrawn ? (
                <Button variant="default" size="xs" aria-label={`${t("declared.restore")}: ${one.person.name}`} loading={restoring.isPending && restoring.variables.id === one.id} onClick={() => restoring.mutate(one)}>
                  {t("declared.restore")}
                </Button>
              ) : (
                <Button
                  variant="default"
                  size="xs"
                  aria-label={`${t("declared.withdraw")}: ${one.person.name}`}
                  onClick={() => {
                    withdrawing.reset();
                    setLeaving(one);
                  }}
                >
                  {t("declared.withdraw")}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      <ReasonDialog
        opened={leaving !== undefined}
        title={t("declared.withdrawTitle", { name: leaving?.person.name ?? "" })}
        action={t("declared.withdraw")}
        danger
        busy={withdrawing.isPending}
        error={<ProblemNote error={withdrawing.error} />}
        onReason={(reason) => leaving && withdrawing.mutate({ of: leaving, reason })}
        onClose={() => setLeaving(undefined)}
      >
        <p>{t("declared.withdrawHint")}</p>
      </ReasonDialog>
    </Panel>
  );
}
