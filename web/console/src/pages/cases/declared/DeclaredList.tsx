// Contacts as they were told, withdrawn ones among them, which can be put up again.
import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { refreshContacts, restoreContact, withdrawContact } from "../../../api/contacts";
import type { DeclaredContact } from "../../../api/types";
import { ProblemNote } from "../../../parts/ProblemNote";
import { ReasonDialog } from "../../../parts/ReasonDialog";
import { say } from "../../../parts/Toasts";
import { When, WhenSpan } from "../../../parts/When";
import styles from "../interview/Interview.module.css";

interface Props {
  rows: readonly DeclaredContact[];
  label: string;
  /** Why one that stands makes nobody a candidate; absent: of this case none does. */
  outside: string | undefined;
}

export function DeclaredList({ rows, label, outside }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [leaving, setLeaving] = useState<DeclaredContact>();
  const withdrawing = useMutation({
    mutationFn: ({ of, reason }: { of: DeclaredContact; reason: string }) => withdrawContact(of.id, of.version, reason),
    onSuccess: (fresh) => {
      say(t("declared.withdrawn", { name: fresh.person.name }));
      setLeaving(undefined);
    },
    onSettled: (_, __, { of }) => refreshContacts(client, of.case),
  });
  const restoring = useMutation({
    mutationFn: (of: DeclaredContact) => restoreContact(of.id, of.version),
    onSuccess: (fresh) => say(t("declared.added", { name: fresh.person.name })),
    onSettled: (_, __, of) => refreshContacts(client, of.case),
  });
  return (
    <>
      <ProblemNote error={restoring.error} />
      <ul className={styles.list} aria-label={label}>
        {rows.map((one) => (
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
            {!one.withdrawn && !one.candidate && outside && <p>{outside}</p>}
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
    </>
  );
}
