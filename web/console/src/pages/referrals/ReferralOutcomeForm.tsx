import { useTranslation } from "react-i18next";

import { recordReferral } from "../../api/referrals";
import type { Referral, ReferralOutcome } from "../../api/types";
import { OutcomeChoice } from "../../parts/OutcomeChoice";
import { say } from "../../parts/Toasts";
import { useEdit } from "../../parts/useEdit";
import { When } from "../../parts/When";

const outcomes = ["reached", "noAnswer", "wrongNumber", "moved", "refused", "notNeeded"] as const satisfies readonly ReferralOutcome[];

interface Props {
  referral: Referral;
  onSaved: (referral: Referral) => void;
  onKept: (referral: Referral) => void;
}

/** What came of it. Only reaching the person, a refusal, or a stated reason ends it. */
export function ReferralOutcomeForm({ referral, onSaved, onKept }: Props) {
  const { t } = useTranslation();
  const edit = useEdit<Referral, { outcome: ReferralOutcome; note?: string }>({
    save: (change, version) => recordReferral(referral.id, version, change),
    compare: (change, current) => [
      { name: t("referrals.outcomeTitle"), mine: t(`referrals.outcome.${change.outcome}`), theirs: t(`referrals.state.${current.state}`) },
      { name: t("referrals.due"), mine: undefined, theirs: <When at={current.dueAt} /> },
    ],
    onSaved: (fresh, change) => {
      say(t(fresh.state === "done" ? "referrals.closed" : "referrals.againLater"));
      const step = { at: new Date().toISOString(), kind: fresh.state === "done" ? "done" : "attempted", level: fresh.level, unitName: fresh.unitName, ...change } as const;
      onSaved({ ...fresh, log: [...(referral.log ?? []), step] });
    },
    onKept,
  });
  return (
    <>
      <OutcomeChoice
        key={referral.version}
        room="referrals"
        outcomes={outcomes}
        name={(outcome) => t(`referrals.outcome.${outcome}`)}
        then={(outcome) => t(`referrals.then.${outcome}`)}
        reasoned={["notNeeded"]}
        busy={edit.busy}
        error={edit.error}
        onSave={(said) => edit.save(said, referral.version)}
      />
      {edit.dialog}
    </>
  );
}
