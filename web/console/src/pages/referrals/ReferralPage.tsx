// One referral, made for a phone in the hand: call, say what came of it, or hand it over. Opening it is logged.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconHandGrab } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { acknowledgeReferral, referralCountsQuery, referralQuery } from "../../api/referrals";
import type { Referral } from "../../api/types";
import { isOverdue } from "../../logic/tasks";
import { ColourBadge } from "../../parts/Badges";
import { ContactBlock } from "../../parts/ContactBlock";
import { ButtonLink, TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { useShortcuts } from "../../parts/Shortcuts";
import { say } from "../../parts/Toasts";
import { Due, useNow, When } from "../../parts/When";
import taskStyles from "../tasks/TaskPage.module.css";
import { HandOverForm } from "./HandOverForm";
import { ReferralOutcomeForm } from "./ReferralOutcomeForm";
import { Standing, useReasonText } from "./ReferralList";

const route = getRouteApi("/office/referrals/$referral");

export function ReferralPage() {
  const { referral: id } = route.useParams();
  const { data, error, refetch } = useQuery(referralQuery(id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Loaded key={id} referral={data} /> : <Loading />;
}

function Loaded({ referral }: { referral: Referral }) {
  const { t } = useTranslation();
  const now = useNow();
  const client = useQueryClient();
  const navigate = useNavigate();
  const again = () => {
    void client.invalidateQueries({ queryKey: ["referrals", "list"] });
    void client.invalidateQueries({ queryKey: referralCountsQuery.queryKey });
  };
  // What an action answers holds neither phone nor history: both were read before, and reading again would be one more look.
  const show = (fresh: Referral) => {
    client.setQueryData(referralQuery(referral.id).queryKey, { ...referral, ...fresh });
    again();
  };
  const taking = useMutation({ mutationFn: () => acknowledgeReferral(referral.id), onSuccess: show });
  const active = referral.state === "open" || referral.state === "acknowledged";
  const mine = active && referral.yours;
  useShortcuts([{ keys: "n", says: t("referrals.take"), run: () => taking.mutate() }], { enabled: mine && referral.state === "open" });
  return (
    <div className={taskStyles.page}>
      <PageHead
        title={referral.person?.name ?? referral.claimed ?? t("referrals.nameless")}
        back={<TextLink to="/referrals">{t("shell.section.referrals")}</TextLink>}
        lead={
          <>
            {referral.person ? `${t(`common.sex.${referral.person.sex}`)}, ${referral.person.birthYear}` : t("referrals.claimedLead")} · {t(`referrals.station.${referral.station}`)}: {referral.unitName}
          </>
        }
      />
      <div className={taskStyles.facts}>
        {referral.colour && <ColourBadge of={referral.colour} />}
        <Standing referral={referral} />
        {active && (
          <span className={isOverdue(referral, now) ? taskStyles.late : undefined}>
            {t("referrals.due")}: <Due at={referral.dueAt} />
          </span>
        )}
      </div>
      {active && !referral.yours && <p className={taskStyles.advice}>{t("referrals.overviewLead")}</p>}
      <Why referral={referral} />
      <ContactBlock contact={referral.contact} />
      {mine && referral.state === "open" && (
        <Button size="md" variant="light" leftSection={<IconHandGrab size={19} />} onClick={() => taking.mutate()} loading={taking.isPending}>
          {t("referrals.take")}
        </Button>
      )}
      <ProblemNote error={taking.error} />
      {mine && <ReferralOutcomeForm referral={referral} onSaved={show} onKept={show} />}
      {mine && (
        <HandOverForm
          referral={referral}
          onGiven={() => {
            say(t("referrals.handedOver"));
            again();
            void navigate({ to: "/referrals" });
          }}
          onKept={show}
        />
      )}
      <History referral={referral} />
      <LoggedNote />
    </div>
  );
}

function Why({ referral }: { referral: Referral }) {
  const { t } = useTranslation();
  const reasonText = useReasonText();
  return (
    <Panel title={t("referrals.why")} tight>
      {referral.reasons.map((reason) => (
        <p key={reason.code}>{reasonText(reason)}</p>
      ))}
      {!referral.colour ? (
        <p className="quiet">{t("referrals.takenBack")}</p>
      ) : (
        <>
          {referral.source !== "passage" && referral.source !== "difference" && <p className="quiet">{t("referrals.whyRule", { rules: referral.ruleSet })}</p>}
          {referral.source === "declaration" && (
            <ButtonLink to="/declarations/$declaration" params={{ declaration: referral.subject }} preload={false} variant="default">
              {t("referrals.openDeclaration")}
            </ButtonLink>
          )}
          {referral.source === "difference" && (
            <ButtonLink to="/differences/$difference" params={{ difference: referral.subject }} preload={false} variant="default">
              {t("referrals.openDifference")}
            </ButtonLink>
          )}
        </>
      )}
    </Panel>
  );
}

function History({ referral }: { referral: Referral }) {
  const { t } = useTranslation();
  const steps = referral.log ?? [];
  return (
    <Panel title={t("referrals.history")} tight>
      <ol className={taskStyles.attempts}>
        {steps.map((step, i) => (
          <li key={i}>
            <b>{t(`referrals.step.${step.kind}`, { level: t(`referrals.level.${step.level}`) })}</b>{" "}
            {step.outcome && <>{t(`referrals.outcome.${step.outcome}`)} </>}
            <When at={step.at} /> <span className="quiet">{[step.by, step.unitName].filter(Boolean).join(" · ")}</span>
            {step.note && <div>{step.note}</div>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
