// What counts as this record, or as what it counts: the facts of both, and the way back.
import { Button, Group, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { forgetDuplicates, personMergesQuery, undoPersonMerge } from "../../api/person-duplicates";
import type { PersonMerge } from "../../api/types";
import { showDay } from "../../logic/moments";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { When } from "../../parts/When";
import { Opening } from "./PersonDuplicates";

export function PersonMerges({ person, reason }: { person: string; reason: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(personMergesQuery(person, reason));
  const [parting, setParting] = useState<PersonMerge>();
  const undoing = useMutation({
    mutationFn: ({ merge, why }: { merge: string; why: string }) => undoPersonMerge(merge, why),
    onSuccess: () => {
      setParting(undefined);
      say(t("samePerson.undone"));
      return forgetDuplicates();
    },
  });
  const inForce = data?.items.filter((merge) => !merge.undone) ?? [];
  if (inForce.length === 0) return <ProblemNote error={error} retry={() => void refetch()} />;
  return (
    <Panel title={t("samePerson.panel")}>
      <Stack gap="sm">
        {inForce.map((merge) => {
          const counted = merge.person.id === person;
          const other = counted ? merge.kept : merge.person;
          const facts = [other.birthDate ? showDay(other.birthDate) : other.birthYear, t(`common.sex.${other.sex}`), other.unitPath, other.phoneMasked, other.paperMasked];
          return (
            <Group key={merge.id} justify="space-between" wrap="nowrap">
              <span>
                {t(counted ? "samePerson.countsAs" : "samePerson.countedHere")} <Opening of={other} reason={reason} /> <span>{facts.filter(Boolean).join(" · ")}</span>{" "}
                <span className="quiet">
                  {t("samePerson.mergedBy", { by: merge.by, reason: merge.reason })} · <When at={merge.at} />
                </span>
              </span>
              <Button
                variant="default"
                size="xs"
                style={{ flexShrink: 0 }}
                onClick={() => {
                  undoing.reset();
                  setParting(merge);
                }}
              >
                {t("samePerson.undo")}
              </Button>
            </Group>
          );
        })}
      </Stack>
      <ReasonDialog
        opened={parting !== undefined}
        title={t("samePerson.whyUndo")}
        action={t("samePerson.undo")}
        busy={undoing.isPending}
        error={<ProblemNote error={undoing.error} />}
        onReason={(why) => parting && undoing.mutate({ merge: parting.id, why })}
        onClose={() => setParting(undefined)}
      />
    </Panel>
  );
}
