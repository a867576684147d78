// People named in interviews who have no record: each is found, registered, or said not to be found.
import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { companionFound, companionUnfindable, lookAgain, refreshContacts } from "../../../api/contacts";
import type { ListedCompanion } from "../../../api/types";
import { Drawer } from "../../../parts/Dialog";
import { TextLink } from "../../../parts/links";
import { PersonFinder } from "../../../parts/PersonFinder";
import { ProblemNote } from "../../../parts/ProblemNote";
import { ReasonDialog } from "../../../parts/ReasonDialog";
import { say } from "../../../parts/Toasts";
import { Ago, WhenSpan } from "../../../parts/When";
import styles from "../interview/Interview.module.css";

interface Props {
  rows: readonly ListedCompanion[];
  /** Of several cases: each row says of which. */
  ofCases?: boolean;
}

export function CompanionList({ rows, ofCases }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [doing, setDoing] = useState<{ what: "find" | "give"; of: ListedCompanion }>();
  const settle = { onSettled: (_: unknown, __: unknown, { of }: { of: ListedCompanion }) => refreshContacts(client, of.case) };
  const done = (text: string) => () => {
    say(text);
    setDoing(undefined);
  };
  const finding = useMutation({
    mutationFn: ({ of, person }: { of: ListedCompanion; person: string }) => companionFound(of.id, of.version, person),
    onSuccess: done(t("companions.foundDone")),
    ...settle,
  });
  const giving = useMutation({
    mutationFn: ({ of, reason }: { of: ListedCompanion; reason: string }) => companionUnfindable(of.id, of.version, reason),
    onSuccess: done(t("companions.unfindableDone")),
    ...settle,
  });
  const again = useMutation({ mutationFn: ({ of }: { of: ListedCompanion }) => lookAgain(of.id, of.version), ...settle });
  const begin = (what: "find" | "give", of: ListedCompanion) => {
    finding.reset();
    giving.reset();
    setDoing({ what, of });
  };
  return (
    <>
      <ProblemNote error={again.error} />
      <ul className={styles.list} aria-label={t("companions.title")}>
        {rows.map((one) => (
          <li key={one.id} data-state={one.state}>
            <p>
              <b>{one.name}</b>
              {[one.phone, one.note].filter(Boolean).map((text) => ` · ${text}`)}
            </p>
            <p className="quiet">
              {ofCases && (
                <>
                  <TextLink to="/cases/$case/candidates" params={{ case: one.case }} preload={false}>
                    {one.caseNumber}
                  </TextLink>
                  {" · "}
                  {one.unitName}
                  {" · "}
                </>
              )}
              {t("companions.met")} <WhenSpan from={one.from} to={one.to} /> · {t("companions.since")} <Ago at={one.since} />
            </p>
            {one.state === "unfindable" && <p>{t("companions.unfindableBy", { name: one.endedBy ?? "", reason: one.reason ?? "" })}</p>}
            <Group gap="xs" className="no-print">
              <Button variant="light" size="xs" aria-label={`${t("interviews.findRecord")}: ${one.name}`} onClick={() => begin("find", one)}>
                {t("interviews.findRecord")}
              </Button>
              {one.state === "open" ? (
                <Button variant="default" size="xs" aria-label={`${t("companions.unfindable")}: ${one.name}`} onClick={() => begin("give", one)}>
                  {t("companions.unfindable")}
                </Button>
              ) : (
                <Button variant="default" size="xs" aria-label={`${t("companions.again")}: ${one.name}`} onClick={() => again.mutate({ of: one })}>
                  {t("companions.again")}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      <Drawer opened={doing?.what === "find"} onClose={() => setDoing(undefined)} title={t("interviews.findTitle", { name: doing?.of.name ?? "" })}>
        <p>{t("interviews.findHint")}</p>
        <p>
          {t("interviews.registerHint")} <TextLink to="/people/new">{t("interviews.register")}</TextLink>
        </p>
        <ProblemNote error={finding.error} />
        {doing?.what === "find" && (
          <PersonFinder
            key={doing.of.id}
            action={t("interviews.take")}
            resting={() => finding.isPending}
            begin={doing.of.phone ?? doing.of.name}
            onTake={(person) => finding.mutate({ of: doing.of, person: person.id })}
          />
        )}
      </Drawer>
      <ReasonDialog
        opened={doing?.what === "give"}
        title={t("companions.unfindableTitle", { name: doing?.of.name ?? "" })}
        action={t("companions.unfindable")}
        busy={giving.isPending}
        error={<ProblemNote error={giving.error} />}
        onReason={(reason) => doing && giving.mutate({ of: doing.of, reason })}
        onClose={() => setDoing(undefined)}
      >
        <p>{t("companions.unfindableHint")}</p>
      </ReasonDialog>
    </>
  );
}
