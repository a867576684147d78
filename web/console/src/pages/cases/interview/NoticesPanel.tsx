// Milestones made public: chosen by one officer, released by another, withdrawn again.
import { Button, Checkbox, Group, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { milestonesQuery } from "../../../api/interviews";
import { askNotices, noticesQuery, releaseNotice, withdrawNotice } from "../../../api/notices";
import type { MilestoneNotice } from "../../../api/types";
import { Panel } from "../../../parts/Panel";
import { ProblemNote } from "../../../parts/ProblemNote";
import { ReasonDialog } from "../../../parts/ReasonDialog";
import { When, WhenSpan } from "../../../parts/When";
import styles from "./Interview.module.css";

export function NoticesPanel({ caseId }: { caseId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const milestones = useQuery(milestonesQuery(caseId)).data ?? [];
  const { data, error, refetch } = useQuery(noticesQuery(caseId));
  const [chosen, setChosen] = useState<string[]>([]);
  const again = () => void client.invalidateQueries({ queryKey: noticesQuery(caseId).queryKey });
  const asking = useMutation({
    mutationFn: () => askNotices(caseId, chosen),
    onSuccess: () => setChosen([]),
    onSettled: again,
  });
  const standing = new Set((data ?? []).filter(({ state, fallen }) => state !== "withdrawn" && !fallen).map(({ milestone }) => milestone));
  const free = milestones.filter(({ id, place, struck }) => place && !struck && !standing.has(id));
  const nameOf = (milestone: string) => milestones.find(({ id }) => id === milestone)?.place?.name ?? "";
  return (
    <Panel title={t("notices.title")}>
      <Stack>
        <p className="quiet">{t("notices.lead")}</p>
        <ProblemNote error={error} retry={() => void refetch()} />
        {data && data.length > 0 && (
          <ul className={styles.list} aria-label={t("notices.title")}>
            {data.map((one) => (
              <NoticeItem key={one.id} of={one} onDone={again} />
            ))}
          </ul>
        )}
        {free.length > 0 && (
          <Checkbox.Group label={t("notices.choose")} value={chosen} onChange={setChosen}>
            <Stack gap="xs" mt={6}>
              {free.map((one) => (
                <Checkbox
                  key={one.id}
                  value={one.id}
                  label={
                    <>
                      {one.place?.name} · <WhenSpan from={one.from} to={one.to} />
                    </>
                  }
                />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        {asking.data?.refused.map(({ milestone, why }) => (
          <p key={milestone} role="alert">
            {nameOf(milestone)}: {t(`notices.why.${why}`)}
          </p>
        ))}
        <ProblemNote error={asking.error} />
        {free.length > 0 && (
          <Group>
            <Button onClick={() => asking.mutate()} disabled={chosen.length === 0} loading={asking.isPending}>
              {t("notices.ask")}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}

function NoticeItem({ of, onDone }: { of: MilestoneNotice; onDone: () => void }) {
  const { t } = useTranslation();
  const [withdrawing, setWithdrawing] = useState(false);
  const releasing = useMutation({ mutationFn: () => releaseNotice(of.id, of.version), onSettled: onDone });
  const ending = useMutation({
    mutationFn: (reason: string) => withdrawNotice(of.id, of.version, reason),
    onSuccess: () => setWithdrawing(false),
    onSettled: onDone,
  });
  return (
    <li>
      <p>
        <b>{of.placeName}</b> · <WhenSpan from={of.from} to={of.to} />
      </p>
      <p className="quiet">
        {t(`notices.state.${of.state}`)}
        {of.fallen && ` · ${t("notices.fallen", { why: t(`notices.why.${of.fallen}`) })}`}
      </p>
      <p className="quiet">
        {t("notices.askedBy", { name: of.askedBy })} · <When at={of.askedAt} />
        {of.releasedAt && (
          <>
            {" "}
            · {t("notices.releasedBy", { name: of.releasedBy ?? "" })} · <When at={of.releasedAt} />
          </>
        )}
      </p>
      {of.withdrawn && <p>{t("notices.withdrawnBy", { name: of.withdrawn.by, reason: of.withdrawn.reason })}</p>}
      <ProblemNote error={releasing.error} />
      {of.state !== "withdrawn" && (
        <Group gap="xs">
          {of.state === "awaiting" && !of.fallen && !of.mine && (
            <Button size="xs" loading={releasing.isPending} onClick={() => releasing.mutate()}>
              {t("notices.release")}
            </Button>
          )}
          {of.state === "awaiting" && of.mine && <span className="quiet">{t("notices.second")}</span>}
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              ending.reset();
              setWithdrawing(true);
            }}
          >
            {t("notices.withdraw")}
          </Button>
        </Group>
      )}
      <ReasonDialog
        opened={withdrawing}
        title={t("notices.withdraw")}
        action={t("notices.withdraw")}
        danger
        busy={ending.isPending}
        error={<ProblemNote error={ending.error} />}
        onReason={(reason) => ending.mutate(reason)}
        onClose={() => setWithdrawing(false)}
      />
    </li>
  );
}
