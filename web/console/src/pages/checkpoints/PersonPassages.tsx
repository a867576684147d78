// Where one person passed checkpoints, asked for once, with a reason: the one that the file was opened for, or a new one.
import { Button, Group, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { searchPassages } from "../../api/checkpoints";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";
import { FoundPassages } from "./FoundPassages";

export function PersonPassages({ person, name, reason }: { person: string; name: string; reason?: string }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const search = useMutation({
    mutationFn: (why: string) => searchPassages({ person }, why),
    onSuccess: () => setAsking(false),
  });
  if (search.data) return <FoundPassages of={name} passages={search.data} />;
  return (
    <Panel title={t("checkpoints.title")}>
      <Stack>
        <Group>
          <Button variant="default" size="xs" loading={search.isPending} onClick={() => (reason ? search.mutate(reason) : setAsking(true))}>
            {t("checkpoints.ofPerson")}
          </Button>
        </Group>
        {!asking && <ProblemNote error={search.error} />}
        <LoggedNote>{t("checkpoints.logged")}</LoggedNote>
      </Stack>
      <ReasonDialog
        opened={asking}
        title={t("checkpoints.ofPersonTitle", { name })}
        action={t("checkpoints.ofPerson")}
        busy={search.isPending}
        error={<ProblemNote error={search.error} />}
        onReason={(why) => search.mutate(why)}
        onClose={() => setAsking(false)}
      />
    </Panel>
  );
}
