// A round of visits on a phone, with or without a network: from what was taken along alone. What is noted waits on the device until the server has it.
import { Button } from "@mantine/core";
import { clock, localDate } from "@luytre/shared/time";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { keepPage } from "../../api/kept-page";
import { forgetRound, noteVisit, useRound, useVisitsOutbox, useWaitingVisits } from "../../api/rounds";
import { sessionQuery } from "../../api/session";
import type { FollowUpVisit } from "../../api/types";
import { shift, type Round } from "../../logic/rounds";
import { Badge } from "../../parts/Badges";
import { CalendarStrip } from "../../parts/CalendarStrip";
import { ContactBlock } from "../../parts/ContactBlock";
import { TextLink } from "../../parts/links";
import { Empty } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { useLanguage, useNow } from "../../parts/When";
import { EntryForm } from "./EntryForm";
import { WaitingVisits } from "./Round";
import styles from "./RoundPage.module.css";

export function RoundPage() {
  const { t } = useTranslation();
  const round = useRound();
  // Without a network nothing is asked; who is known to be signed out, or to be another, has nothing left here.
  const { data: session } = useQuery(sessionQuery);
  const gone = session === null || (session !== undefined && round !== undefined && session.account !== round.officer);
  useEffect(() => {
    if (gone) void forgetRound();
  }, [gone]);
  return (
    <main className={styles.page}>
      {round && !gone ? (
        <Visits round={round} />
      ) : (
        <>
          <PageHead title={t("followUps.round.title")} back={<TextLink to="/follow-ups">{t("shell.section.followUps")}</TextLink>} />
          {session && <Unsent officer={session.account} />}
          <Empty title={t("followUps.round.none")}>{t("followUps.round.noneLead")}</Empty>
        </>
      )}
    </main>
  );
}

/** What was noted in a round that is over is still sent from here. */
function Unsent({ officer }: { officer: string }) {
  useVisitsOutbox(officer);
  return <WaitingVisits />;
}

function Visits({ round }: { round: Round }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const today = localDate(useNow());
  const [open, setOpen] = useState<string>();
  const [kept, setKept] = useState(false);
  useEffect(() => {
    void keepPage().then(setKept, () => undefined);
  }, []);
  useVisitsOutbox(round.officer);
  const waiting = useWaitingVisits();
  const isDone = (visit: FollowUpVisit) => visit.days.some((day) => day.date === today && (day.state === "none" || day.state === "symptoms"));
  const left = round.visits.filter((visit) => !isDone(visit)).length;
  return (
    <>
      <PageHead
        title={t("followUps.round.title")}
        back={<TextLink to="/follow-ups">{t("shell.section.followUps")}</TextLink>}
        lead={<span>{t("followUps.round.lead", { count: left, until: clock(new Date(round.taken + shift).toISOString(), language) })}</span>}
      >
        <Button variant="default" onClick={() => void forgetRound()}>
          {t("followUps.round.end")}
        </Button>
      </PageHead>
      <WaitingVisits />
      {round.visits.length === 0 && <Empty title={t("followUps.none")} />}
      <ul className={styles.visits}>
        {round.visits.map((visit) => (
          <li key={visit.id} data-done={isDone(visit) || undefined}>
            <button type="button" className={styles.head} aria-expanded={open === visit.id} onClick={() => setOpen(open === visit.id ? undefined : visit.id)}>
              <b>{visit.name}</b> <span>{visit.birthYear || t("people.bornUnknown")}</span>
              <small>{visit.address ?? visit.unitName}</small>
            </button>
            <span className={styles.state}>
              <CalendarStrip of={visit} />
              {waiting.some((entry) => entry.of === visit.id && !entry.refused) && <Badge tone="turmeric">{t("followUps.round.waiting")}</Badge>}
            </span>
            {open === visit.id && <One visit={visit} onNoted={() => setOpen(undefined)} />}
          </li>
        ))}
      </ul>
      <p className="quiet">{t("followUps.round.kept")}</p>
      <p role="status">{kept && t("followUps.round.opens")}</p>
    </>
  );
}

function One({ visit, onNoted }: { visit: FollowUpVisit; onNoted: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.one}>
      <ContactBlock contact={{ phones: visit.phones, ...(visit.address ? { address: visit.address } : {}) }} />
      <EntryForm signs={() => visit.signs} save={(entry) => noteVisit(visit.id, entry)} said={t("followUps.round.noted")} onSaved={onNoted} />
    </div>
  );
}
