// The days on which the rule has a contact sampled: a sample does them, or the word of an officer that none is needed.
import { Button } from "@mantine/core";
import { day as shown, localDate, noon } from "@luytre/shared/time";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { settleTest } from "../../api/follow-ups";
import type { FollowUp } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { ButtonLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { useLanguage, useNow, When } from "../../parts/When";
import styles from "./FollowUpsPage.module.css";

interface Props {
  of: FollowUp;
  ours: boolean;
  onChanged: () => void;
}

const tones = { later: "plain", due: "indigo", missed: "lacquer", sampled: "bamboo", settled: "plain" } as const;

export function TestDays({ of, ours, onChanged }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const today = localDate(useNow());
  const [settling, setSettling] = useState<string>();
  const saying = useMutation({
    mutationFn: ({ day, reason }: { day: string; reason: string }) => settleTest(of.id, day, reason),
    onSuccess: () => {
      setSettling(undefined);
      onChanged();
    },
  });
  if (!of.testDays) return null;
  const short = (date: string) => shown(noon(date), language).slice(0, 5);
  return (
    <Panel title={t("followUps.test.title")} tight>
      <p className="quiet">{t("followUps.test.lead")}</p>
      {ours && (
        <ButtonLink to="/laboratory" search={{ followed: of.id }} variant="default" preload={false}>
          {t("laboratory.takeOne")}
        </ButtonLink>
      )}
      <ol className={styles.entries}>
        {of.testDays.map((one) => (
          <li key={one.date}>
            <span>
              <b>{short(one.date)}</b> <Badge tone={tones[one.state]}>{t(`followUps.test.${one.state}`)}</Badge>
            </span>{" "}
            {one.at && (
              <span className="quiet">
                {one.by} <When at={one.at} />
              </span>
            )}
            {one.why && <div>{one.why}</div>}
            {ours && !one.at && one.date <= today && (
              <Button variant="subtle" size="compact-sm" onClick={() => setSettling(one.date)}>
                {t("followUps.test.settle")}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <ReasonDialog
        opened={settling !== undefined}
        title={t("followUps.test.settle")}
        action={t("followUps.test.settle")}
        busy={saying.isPending}
        error={<ProblemNote error={saying.error} />}
        onReason={(reason) => settling && saying.mutate({ day: settling, reason })}
        onClose={() => setSettling(undefined)}
      >
        <p>{t("followUps.test.settleLead")}</p>
      </ReasonDialog>
    </Panel>
  );
}
