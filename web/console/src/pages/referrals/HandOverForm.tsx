import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { handOver } from "../../api/referrals";
import type { Referral } from "../../api/types";
import styles from "../../parts/OutcomeChoice.module.css";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";
import { useEdit } from "../../parts/useEdit";

interface Props {
  referral: Referral;
  onGiven: () => void;
  onKept: (referral: Referral) => void;
}

/** To the station where the person really is. */
export function HandOverForm({ referral, onGiven, onKept }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [unit, setUnit] = useState<string>();
  const [reason, setReason] = useState("");
  const edit = useEdit<Referral, { unit: string; reason: string }>({
    save: (change, version) => handOver(referral.id, version, change),
    compare: (_, current) => [{ name: t("referrals.handOver"), mine: t("referrals.handOverSend"), theirs: t(`referrals.state.${current.state}`) }],
    onSaved: onGiven,
    onKept,
  });
  if (!open) {
    return (
      <Button variant="subtle" onClick={() => setOpen(true)}>
        {t("referrals.handOver")}
      </Button>
    );
  }
  return (
    <Panel title={t("referrals.handOver")} tight>
      <div className={styles.more}>
        <p>{t("referrals.handOverLead")}</p>
        <UnitSelect label={t("referrals.handOverTo")} value={unit} onChange={setUnit} required />
        <Textarea label={t("referrals.handOverWhy")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} required autosize minRows={2} maxLength={1000} />
        <ProblemNote error={edit.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setOpen(false)}>
            {t("common.cancel")}
          </Button>
          <Button disabled={!unit || !reason.trim()} loading={edit.busy} onClick={() => unit && edit.save({ unit, reason: reason.trim() }, referral.version)}>
            {t("referrals.handOverSend")}
          </Button>
        </Group>
      </div>
      {edit.dialog}
    </Panel>
  );
}
