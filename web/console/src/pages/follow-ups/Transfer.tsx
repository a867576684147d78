// A follow-up goes to another commune: asked for with a reason, taken there, each with its time. Until then it stays where it is.
import { Button, Group, Textarea } from "@mantine/core";
import { IconHandGrab } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { takeFollowUp, transferFollowUp } from "../../api/follow-ups";
import type { FollowUp, NewTransfer } from "../../api/types";
import { Badge } from "../../parts/Badges";
import choices from "../../parts/OutcomeChoice.module.css";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { useEdit } from "../../parts/useEdit";
import { When } from "../../parts/When";
import styles from "./FollowUpsPage.module.css";

interface Props {
  of: FollowUp;
  onChanged: () => void;
}

export function Transfers({ of, onChanged }: Props) {
  const { t } = useTranslation();
  const taking = useMutation({
    mutationFn: () => takeFollowUp(of.id),
    onSuccess: () => {
      say(t("followUps.transfer.taken"));
      onChanged();
    },
  });
  const all = of.transfers ?? [];
  if (all.length === 0) return null;
  return (
    <Panel title={t("followUps.transfer.title")} tight>
      <ol className={styles.entries}>
        {all.map((one) => (
          <li key={one.id}>
            <span>
              {t("followUps.transfer.line", { from: one.fromName, to: one.toName })} <Badge tone={one.state === "waiting" ? "turmeric" : "plain"}>{t(`followUps.transfer.state.${one.state}`)}</Badge>{" "}
              {one.state === "waiting" && one.escalated && <Badge tone="lacquer">{t("followUps.escalated", { level: t(`referrals.level.${one.level}`) })}</Badge>}
            </span>{" "}
            <span className="quiet">
              {one.by} · <When at={one.at} />
              {one.ended && (
                <>
                  {" → "}
                  {one.endedBy} <When at={one.ended} />
                </>
              )}
            </span>
            <div>{one.reason}</div>
          </li>
        ))}
      </ol>
      <ProblemNote error={taking.error} />
      {of.transfer?.yours && (
        <Button leftSection={<IconHandGrab size={19} />} onClick={() => taking.mutate()} loading={taking.isPending}>
          {t("followUps.transfer.take")}
        </Button>
      )}
    </Panel>
  );
}

/** To the commune where the person really is. */
export function TransferForm({ of, onChanged }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [unit, setUnit] = useState<string>();
  const [reason, setReason] = useState("");
  const edit = useEdit<FollowUp, NewTransfer>({
    save: (change, version) => transferFollowUp(of.id, version, change),
    compare: (_, current) => [{ name: t("followUps.transfer.ask"), mine: t("followUps.transfer.send"), theirs: t(`followUps.state.${current.state}`) }],
    onSaved: () => {
      say(t("followUps.transfer.sent"));
      setOpen(false);
      onChanged();
    },
    onKept: onChanged,
  });
  if (!open) {
    return (
      <Button variant="subtle" onClick={() => setOpen(true)}>
        {t("followUps.transfer.ask")}
      </Button>
    );
  }
  return (
    <Panel title={t("followUps.transfer.ask")} tight>
      <div className={choices.more}>
        <p>{t("followUps.transfer.lead")}</p>
        <UnitSelect label={t("followUps.transfer.to")} value={unit} onChange={setUnit} required />
        <Textarea label={t("followUps.transfer.why")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} required autosize minRows={2} maxLength={1000} />
        <ProblemNote error={edit.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setOpen(false)}>
            {t("common.cancel")}
          </Button>
          <Button disabled={!unit || !reason.trim()} loading={edit.busy} onClick={() => unit && edit.save({ unit, reason: reason.trim() }, of.version)}>
            {t("followUps.transfer.send")}
          </Button>
        </Group>
      </div>
      {edit.dialog}
    </Panel>
  );
}
