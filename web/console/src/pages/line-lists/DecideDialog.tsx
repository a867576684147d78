// A row that may be about somebody who is known: the same, somebody new, or left out.
import { Button, Group, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { decideLine } from "../../api/line-lists";
import { draftDuplicatesQuery } from "../../api/person-duplicates";
import { queryClient } from "../../api/query-client";
import type { LineListRow } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { Loading } from "../../parts/ListFrame";
import { ProblemNote } from "../../parts/ProblemNote";
import { FoundAlready } from "../people/FoundAlready";

export function DecideDialog({ list, row, onClose }: { list: string; row: LineListRow; onClose: () => void }) {
  const { t } = useTranslation();
  const reason = t("lineLists.decideTitle", { line: row.line });
  const found = useQuery(draftDuplicatesQuery(row.person, reason));
  const deciding = useMutation({
    mutationFn: (body: Parameters<typeof decideLine>[2]) => decideLine(list, row.line, body),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ["line-lists"] });
      onClose();
    },
  });
  return (
    <Dialog opened onClose={onClose} title={reason} size="xl">
      <Stack>
        {found.isLoading && <Loading rows={3} />}
        <ProblemNote error={found.error ?? deciding.error} />
        {row.person && found.data && <FoundAlready typed={row.person} candidates={found.data.items} reason={reason} onChoose={(person) => deciding.mutate({ verdict: "same", person: person.id })} />}
        {found.data?.items.length === 0 && <p>{t("lineLists.nobody")}</p>}
        <Group justify="flex-end">
          <Button variant="default" loading={deciding.isPending} onClick={() => deciding.mutate({ verdict: "skip" })}>
            {t("lineLists.skip")}
          </Button>
          <Button loading={deciding.isPending} onClick={() => deciding.mutate({ verdict: "new" })}>
            {t("lineLists.isNew")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
