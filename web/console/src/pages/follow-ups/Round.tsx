// What follow-ups show of a round of visits: taking it along, and what was noted there and is not with the server yet.
import { Button, Group } from "@mantine/core";
import { IconBackpack } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { FollowUpFilter } from "../../api/follow-ups";
import { dismissVisit, takeAlong, useRound, useWaitingVisits, visitFilter } from "../../api/rounds";
import { useOfficer } from "../../api/session";
import { ButtonLink, TextLink } from "../../parts/links";
import { ProblemNote } from "../../parts/ProblemNote";
import { When } from "../../parts/When";

/** The list as it is filtered, for the shift. One round at a time: what is under way is opened first. */
export function TakeAlong({ filter, disabled }: { filter: FollowUpFilter; disabled: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const officer = useOfficer();
  const round = useRound();
  const taking = useMutation({
    mutationFn: () => takeAlong(officer.account, visitFilter(filter)),
    onSuccess: () => void navigate({ to: "/round" }),
  });
  const bag = <IconBackpack size={17} />;
  if (round) {
    return (
      <ButtonLink to="/round" preload={false} leftSection={bag}>
        {t("followUps.round.open", { count: round.visits.length })}
      </ButtonLink>
    );
  }
  return (
    <>
      <Button leftSection={bag} disabled={disabled} onClick={() => taking.mutate()} loading={taking.isPending}>
        {t("followUps.round.take")}
      </Button>
      <ProblemNote error={taking.error} />
    </>
  );
}

/** Also when the round is over: nothing that was noted is lost unseen. */
export function WaitingVisits() {
  const { t } = useTranslation();
  const waiting = useWaitingVisits();
  const unsent = waiting.filter((entry) => !entry.refused).length;
  return (
    <>
      {unsent > 0 && <p role="status">{t("followUps.round.unsent", { count: unsent })}</p>}
      {waiting
        .filter((entry) => entry.refused)
        .map((entry) => (
          <Group key={entry.key} role="alert" mb="sm">
            <span>
              {t("followUps.round.refused", { finding: t(`followUps.finding.${entry.body.finding}`), why: entry.refused?.detail ?? entry.refused?.title ?? "" })} <When at={entry.body.at} />
            </span>
            <TextLink to="/follow-ups/$followUp" params={{ followUp: entry.of }} preload={false}>
              {t("followUps.round.look")}
            </TextLink>
            <Button size="compact-sm" variant="default" onClick={() => void dismissVisit(entry.key)}>
              {t("followUps.round.dismiss")}
            </Button>
          </Group>
        ))}
    </>
  );
}
