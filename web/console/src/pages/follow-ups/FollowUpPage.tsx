// One follow-up, made for a phone in the hand: call, ask, say what was found. Opening it is logged.
import { Button } from "@mantine/core";
import { day, localDate, noon } from "@luytre/shared/time";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconReportMedical } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import { followUpQuery, giveFollowUps, recordEntry, reportSuspect } from "../../api/follow-ups";
import type { FollowUp, FollowUpEntry, NewFollowUpEntry } from "../../api/types";
import { generalSigns, otherSign, signsOn, signText } from "../../logic/signs";
import { ColourBadge } from "../../parts/Badges";
import { CalendarStrip } from "../../parts/CalendarStrip";
import { ContactBlock } from "../../parts/ContactBlock";
import { Give, WhoseLong } from "../../parts/Give";
import { ButtonLink, TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useDiseaseName } from "../../parts/useNames";
import { useSentOnce } from "../../parts/useSentOnce";
import { useLanguage, useNow, When } from "../../parts/When";
import taskStyles from "../tasks/TaskPage.module.css";
import { EntryForm } from "./EntryForm";
import { Standing } from "./FollowUpList";
import { Immunity } from "./Immunity";
import styles from "./FollowUpsPage.module.css";
import { TestDays } from "./TestDays";
import { TransferForm, Transfers } from "./Transfer";

const route = getRouteApi("/office/follow-ups/$followUp");

export function FollowUpPage() {
  const { followUp: id } = route.useParams();
  const { data, error, refetch } = useQuery(followUpQuery(id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Loaded key={id} of={data} /> : <Loading />;
}

function Loaded({ of }: { of: FollowUp }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const disease = useDiseaseName();
  const pack = usePack(of.disease);
  const client = useQueryClient();
  const today = localDate(useNow());
  const [corrects, setCorrects] = useState<FollowUpEntry>();
  const [saved, setSaved] = useState(0);
  const record = useSentOnce((body: NewFollowUpEntry, key) => recordEntry(of.id, body, key));
  const again = () => {
    setCorrects(undefined);
    setSaved((before) => before + 1);
    void client.invalidateQueries({ queryKey: ["follow-ups"] });
  };
  const ours = of.state === "open" && today <= of.lastDay && !of.transfer?.yours;
  const recordable = ours && of.firstDay <= today;
  return (
    <div className={taskStyles.page}>
      <PageHead
        title={of.person.name}
        back={<TextLink to="/follow-ups">{t("shell.section.followUps")}</TextLink>}
        lead={
          <>
            {t(`common.sex.${of.person.sex}`)}, {of.person.birthYear || t("people.bornUnknown")} · {of.unitName} · {disease(of.disease)}
          </>
        }
      >
        {ours && !of.testDays && (
          <ButtonLink to="/laboratory" search={{ followed: of.id }} variant="default" preload={false}>
            {t("laboratory.takeOne")}
          </ButtonLink>
        )}
        <ButtonLink to="/people/$person" params={{ person: of.person.id }} variant="default" preload={false}>
          {t("people.history.open")}
        </ButtonLink>
      </PageHead>
      <div className={taskStyles.facts}>
        <Standing of={of} />
        <span>{t("followUps.until", { day: day(noon(of.lastDay), language) })}</span>
        {of.state === "open" && <WhoseLong of={of} />}
      </div>
      {ours && <Give room="follow-ups" chosen={[of]} give={giveFollowUps} onGiven={() => undefined} />}
      <ContactBlock contact={of.contact} />
      <Panel title={t("followUps.calendar")} tight>
        <CalendarStrip of={of} large />
      </Panel>
      <Offer of={of} onReported={again} />
      {recordable && (
        <EntryForm key={`${saved}-${corrects?.id ?? ""}`} days={of.days} corrects={corrects} signs={(on) => signsOn(pack, on)} save={record} said={t("followUps.saved")} onLeave={() => setCorrects(undefined)} onSaved={again} />
      )}
      <TestDays of={of} ours={ours || of.state === "done"} onChanged={again} />
      <Transfers of={of} onChanged={again} />
      <Why of={of} />
      {(ours || of.state === "done") && <Immunity of={of} ours={ours} onChanged={again} />}
      <Entries of={of} onCorrect={recordable ? setCorrects : undefined} />
      {ours && <TransferForm of={of} onChanged={again} />}
      <LoggedNote />
    </div>
  );
}

function usePack(disease: string) {
  return useQuery(diseasesQuery).data?.items.find((one) => one.id === disease);
}

/** Symptoms make no case by themselves: an officer reports it by one tap. */
function Offer({ of, onReported }: { of: FollowUp; onReported: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const send = useSentOnce((id: string, key) => reportSuspect(id, key));
  const reporting = useMutation({
    mutationFn: () => send(of.id),
    onSuccess: (made) => {
      say(t("followUps.reported", { number: made.number }));
      onReported();
      void navigate({ to: "/cases/$case", params: { case: made.id } });
    },
  });
  if (of.suspect) {
    return (
      <Panel title={t("followUps.suspect")} tight>
        <ButtonLink to="/cases/$case" params={{ case: of.suspect.id }} preload={false} variant="default">
          {of.suspect.number}
        </ButtonLink>
      </Panel>
    );
  }
  if (!of.offered) return null;
  return (
    <Panel title={t("followUps.offer")} tight>
      <p>{t("followUps.offerLead")}</p>
      <ProblemNote error={reporting.error} />
      <Button leftSection={<IconReportMedical size={19} />} onClick={() => reporting.mutate()} loading={reporting.isPending}>
        {t("followUps.report")}
      </Button>
    </Panel>
  );
}

function Why({ of }: { of: FollowUp }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const full = (date: string) => day(noon(date), language);
  const reasons = of.reasons ?? [];
  const today = localDate(useNow());
  const by = (one: (typeof reasons)[number]) =>
    one.byHand ? t("followUps.byOfficer", { name: one.byHand.by, source: one.byHand.source ?? "", note: one.byHand.note }) : t("followUps.rule", { rule: one.rule });
  const note = (one: (typeof reasons)[number]) =>
    one.gone ? t(`followUps.gone.${one.gone}`) : one.until < today ? t("followUps.over") : <span className="quiet">{by(one)}</span>;
  return (
    <Panel title={t("followUps.why")} tight>
      {reasons.map((one) => (
        <p key={one.candidate} className={one.counts ? undefined : styles.gone}>
          {t("followUps.reason", { class: one.class, number: one.caseNumber, last: full(one.lastExposure), days: one.days, until: full(one.until) })}{" "}
          {note(one)}{" "}
          {one.counts && (
            <TextLink to="/orders/new" search={{ candidate: one.candidate }} preload={false}>
              {t("orders.new")}
            </TextLink>
          )}{" "}
          {one.byHand && (
            <TextLink to="/follow-ups/by-hand/$candidate" params={{ candidate: one.candidate }} preload={false}>
              {t("followUps.changeByHand")}
            </TextLink>
          )}
        </p>
      ))}
      {(of.suspected ?? []).map((one) => (
        <p key={one.candidate}>{t("followUps.suspectedOf", { level: one.level, number: one.caseNumber, last: full(localDate(one.lastExposure)) })}</p>
      ))}
      {of.joined > 0 && <p className="quiet">{t("followUps.joined", { records: of.joined })}</p>}
      {reasons.length > 1 && <p className="quiet">{t("followUps.longest")}</p>}
    </Panel>
  );
}

function Entries({ of, onCorrect }: { of: FollowUp; onCorrect: ((entry: FollowUpEntry) => void) | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const pack = usePack(of.disease);
  const symptom = (on: string, id: string) => {
    const general = [...generalSigns, otherSign].find((one) => one === id);
    return signText(pack, on, id)?.[language] ?? (general ? t(`followUps.symptom.${general}`) : id);
  };
  const entries = [...(of.entries ?? [])].reverse();
  return (
    <Panel title={t("followUps.entries")} tight>
      {entries.length === 0 && <p className="quiet">{t("followUps.noEntries")}</p>}
      <ol className={styles.entries}>
        {entries.map((entry) => (
          <li key={entry.id} data-replaced={entry.replaced || undefined}>
            <span>
              <b>{day(noon(entry.day), language).slice(0, 5)}</b> {t(`followUps.finding.${entry.finding}`)}
              {entry.symptoms.length > 0 && <>: {entry.symptoms.map((one) => symptom(entry.day, one)).join(", ")}</>}
            </span>{" "}
            <span className="quiet">
              {[t(`followUps.via.${entry.via}`), entry.by].filter(Boolean).join(" · ")} · <When at={entry.at} />
            </span>{" "}
            {entry.colour && <ColourBadge of={entry.colour} />}
            {entry.replaced && <span className="quiet">{t("followUps.replaced")}</span>}
            {entry.note && <div>{entry.note}</div>}
            {onCorrect && !entry.replaced && entry.via !== "app" && (
              <Button variant="subtle" size="compact-sm" onClick={() => onCorrect(entry)}>
                {t("followUps.correct")}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
