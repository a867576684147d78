// The interview of a case, made for a phone: milestones written down one by one, each sent as soon as it is recorded.
import { Alert, Button, Group, Stack } from "@mantine/core";
import { IconMapPin } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { dismissWaiting, milestonesQuery, takeDown, useWaitingMilestones } from "../../../api/interviews";
import type { ToldMilestone } from "../../../api/types";
import { Empty, Loading } from "../../../parts/ListFrame";
import { Panel } from "../../../parts/Panel";
import { barring, ProblemNote } from "../../../parts/ProblemNote";
import { say } from "../../../parts/Toasts";
import { WhenSpan } from "../../../parts/When";
import { useCase } from "../useCase";
import styles from "./Interview.module.css";
import { MilestoneForm } from "./MilestoneForm";
import { MilestoneItem } from "./MilestoneItem";

export function InterviewTab() {
  const { t } = useTranslation();
  const file = useCase();
  const { data, error, refetch } = useQuery(milestonesQuery(file.id));
  const waiting = useWaitingMilestones(file.id);
  const [begun, setBegun] = useState<number>();
  // What the device cannot keep is not recorded; without a network it is kept all the same.
  const keeping = useMutation({
    mutationFn: (told: ToldMilestone) => takeDown(file.id, told),
    onSuccess: () => {
      say(t("interviews.kept"));
      setBegun(undefined);
    },
  });
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return (
    <Stack>
      <p className="quiet">{t("interviews.lead")}</p>
      {begun === undefined ? (
        <Group>
          <Button
            size="md"
            onClick={() => {
              keeping.reset();
              setBegun(Date.now());
            }}
          >
            {t("interviews.new")}
          </Button>
        </Group>
      ) : (
        <Panel
          title={t("interviews.new")}
          actions={
            <Button variant="subtle" size="compact-sm" onClick={() => setBegun(undefined)}>
              {t("common.cancel")}
            </Button>
          }
        >
          {keeping.isError && (
            <Alert color="lacquer" role="alert" mb="md">
              {t("interviews.cannotKeep")}
            </Alert>
          )}
          <MilestoneForm key={begun} of={file} busy={keeping.isPending} error={null} action={t("interviews.save")} onSave={(told) => keeping.mutate(told)} />
        </Panel>
      )}
      <ProblemNote error={error} retry={() => void refetch()} />
      {waiting.length > 0 && (
        <ul className={styles.list} aria-label={t("interviews.waiting")}>
          {waiting.map(({ key, body, refused }) => (
            <li key={key} data-waits>
              <p>
                <WhenSpan from={body.from} to={body.to} /> · {t(refused ? "interviews.refused" : "interviews.waiting")}
              </p>
              {(body.where ?? body.doing) && <p>{body.where ?? body.doing}</p>}
              {refused && (
                <>
                  <p role="alert">{refused.detail || refused.title || refused.code}</p>
                  <Group>
                    <Button variant="default" size="xs" onClick={() => void dismissWaiting(key)}>
                      {t("interviews.dismiss")}
                    </Button>
                  </Group>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {!data && !error && <Loading rows={3} />}
      {data?.length === 0 && waiting.length === 0 && (
        <Empty icon={<IconMapPin size={38} stroke={1.3} />} title={t("interviews.none")}>
          {t("interviews.noneHint")}
        </Empty>
      )}
      {data && data.length > 0 && (
        <ul className={styles.list} aria-label={t("interviews.listed")}>
          {data.map((one) => (
            <MilestoneItem key={one.id} of={one} file={file} />
          ))}
        </ul>
      )}
    </Stack>
  );
}
