// That a contact is immune, and what proves it: asked only where the rule of the day follows the immune otherwise than others.
import { Button, Group, Radio, Stack, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { immunityQuery, sayImmune, withdrawImmunity } from "../../api/immunity";
import type { FollowUp, NewImmunity } from "../../api/types";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { useEdit } from "../../parts/useEdit";
import { useLanguage, When } from "../../parts/When";
import styles from "./FollowUpsPage.module.css";

interface Props {
  of: FollowUp;
  ours: boolean;
  onChanged: () => void;
}

const kinds = ["vaccinated", "recovered"] as const satisfies readonly NewImmunity["kind"][];

export function Immunity({ of, ours, onChanged }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data } = useQuery(immunityQuery(of.id));
  const [asking, setAsking] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  const taking = useMutation({
    mutationFn: (reason: string) => withdrawImmunity(of.id, of.version, reason),
    onSuccess: () => {
      setWithdrawing(false);
      onChanged();
    },
  });
  if (!data || (!data.rule && data.said.length === 0)) return null;
  const standing = data.said.some((one) => !one.ended);
  return (
    <Panel title={t("immunity.title")} tight>
      {data.rule && <p>{t("immunity.rule", { rule: data.rule[language] })}</p>}
      <ol className={styles.entries}>
        {data.said.map((one) => (
          <li key={one.at} data-replaced={one.ended ? true : undefined}>
            <span>
              <b>{t(`immunity.kinds.${one.kind}`)}</b>: {one.proof}
            </span>{" "}
            <span className="quiet">
              {one.by} · <When at={one.at} />
            </span>
            {one.ended && <div className="quiet">{t("immunity.withdrawn", { name: one.endedBy ?? "", reason: one.why ?? "" })}</div>}
          </li>
        ))}
      </ol>
      {standing && (
        <Button variant="subtle" size="compact-sm" onClick={() => setWithdrawing(true)}>
          {t("immunity.withdraw")}
        </Button>
      )}
      {!standing && ours && data.rule && !asking && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {t("immunity.say")}
        </Button>
      )}
      {asking && (
        <SayForm
          of={of}
          onDone={() => {
            setAsking(false);
            onChanged();
          }}
          onCancel={() => setAsking(false)}
        />
      )}
      <ReasonDialog
        opened={withdrawing}
        title={t("immunity.withdraw")}
        action={t("immunity.withdraw")}
        danger
        busy={taking.isPending}
        error={<ProblemNote error={taking.error} />}
        onReason={(reason) => taking.mutate(reason)}
        onClose={() => setWithdrawing(false)}
      >
        <p>{t("immunity.withdrawLead")}</p>
      </ReasonDialog>
    </Panel>
  );
}

/** Nothing is chosen beforehand. */
function SayForm({ of, onDone, onCancel }: { of: FollowUp; onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<NewImmunity["kind"]>();
  const [proof, setProof] = useState("");
  const edit = useEdit<FollowUp, NewImmunity>({
    save: (said, version) => sayImmune(of.id, version, said),
    compare: (_, current) => [{ name: t("immunity.title"), mine: t("immunity.say"), theirs: t(`followUps.state.${current.state}`) }],
    onSaved: onDone,
    onKept: onDone,
  });
  return (
    <Stack>
      <Radio.Group label={t("immunity.kind")} required value={kind ?? ""} onChange={(next) => setKind(kinds.find((one) => one === next))}>
        <Stack mt={6} gap={8}>
          {kinds.map((one) => (
            <Radio key={one} value={one} label={t(`immunity.kinds.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea label={t("immunity.proof")} description={t("immunity.proofHelp")} required autosize minRows={2} maxLength={500} value={proof} onChange={(event) => setProof(event.currentTarget.value)} />
      <ProblemNote error={edit.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t("common.cancel")}
        </Button>
        <Button disabled={!kind || !proof.trim()} loading={edit.busy} onClick={() => kind && edit.save({ kind, proof: proof.trim() }, of.version)}>
          {t("immunity.save")}
        </Button>
      </Group>
      {edit.dialog}
    </Stack>
  );
}
