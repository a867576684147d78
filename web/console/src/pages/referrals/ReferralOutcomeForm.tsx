import { Button, Group, Textarea } from "@mantine/core";
import { IconCircleOff, IconDoorExit, IconHeartHandshake, IconHomeMove, IconPhoneOff, IconPhoneX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { recordReferral } from "../../api/referrals";
import type { Referral, ReferralOutcome } from "../../api/types";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useEdit } from "../../parts/useEdit";
import { When } from "../../parts/When";
import styles from "../tasks/OutcomeForm.module.css";

const outcomes = [
  { outcome: "reached", icon: IconHeartHandshake },
  { outcome: "noAnswer", icon: IconPhoneOff },
  { outcome: "wrongNumber", icon: IconPhoneX },
  { outcome: "moved", icon: IconHomeMove },
  { outcome: "refused", icon: IconDoorExit },
  { outcome: "notNeeded", icon: IconCircleOff },
] as const;

interface Props {
  referral: Referral;
  onSaved: (referral: Referral) => void;
  onKept: (referral: Referral) => void;
}

/** What came of it. Only reaching the person, a refusal, or a stated reason ends it. */
export function ReferralOutcomeForm({ referral, onSaved, onKept }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ReferralOutcome>();
  const [note, setNote] = useState("");
  const edit = useEdit<Referral, { outcome: ReferralOutcome; note?: string }>({
    save: (change, version) => recordReferral(referral.id, version, change),
    compare: (change, current) => [
      { name: t("referrals.outcomeTitle"), mine: t(`referrals.outcome.${change.outcome}`), theirs: t(`referrals.state.${current.state}`) },
      { name: t("referrals.due"), mine: undefined, theirs: <When at={current.dueAt} /> },
    ],
    onSaved: (fresh, change) => {
      say(t(fresh.state === "done" ? "referrals.closed" : "referrals.againLater"));
      setChosen(undefined);
      setNote("");
      const step = { at: new Date().toISOString(), kind: fresh.state === "done" ? "done" : "attempted", level: fresh.level, unitName: fresh.unitName, ...change } as const;
      onSaved({ ...fresh, log: [...(referral.log ?? []), step] });
    },
    onKept,
  });
  const lacking = chosen === "notNeeded" && !note.trim();
  return (
    <Panel title={t("referrals.outcomeTitle")} tight>
      <div className={styles.outcomes} role="group" aria-label={t("referrals.outcomeTitle")}>
        {outcomes.map(({ outcome, icon: Icon }) => (
          <button key={outcome} type="button" aria-pressed={chosen === outcome} data-outcome={outcome} onClick={() => setChosen(outcome)}>
            <Icon size={22} stroke={1.6} aria-hidden />
            {t(`referrals.outcome.${outcome}`)}
          </button>
        ))}
      </div>
      {chosen && (
        <div className={styles.more}>
          <p>{t(`referrals.then.${chosen}`)}</p>
          <Textarea label={t("referrals.note")} value={note} required={chosen === "notNeeded"} onChange={(event) => setNote(event.currentTarget.value)} autosize minRows={2} maxLength={1000} />
          <ProblemNote error={edit.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setChosen(undefined)}>
              {t("common.cancel")}
            </Button>
            <Button disabled={lacking} loading={edit.busy} onClick={() => edit.save({ outcome: chosen, ...(note.trim() ? { note: note.trim() } : {}) }, referral.version)}>
              {t("referrals.save")}
            </Button>
          </Group>
        </div>
      )}
      {edit.dialog}
    </Panel>
  );
}
