// What counts as this place, or as what it counts; undone here.
import { Button, Group, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { mergesQuery, undoMerge } from "../../api/duplicates";
import { queryClient } from "../../api/query-client";
import { TextLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { When } from "../../parts/When";

export function Merges({ place }: { place: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(mergesQuery(place));
  const undoing = useMutation({
    mutationFn: undoMerge,
    onSuccess: () => {
      say(t("duplicates.undone"));
      return queryClient.invalidateQueries({ queryKey: ["places"] });
    },
  });
  const inForce = data?.items.filter((merge) => !merge.undone) ?? [];
  if (inForce.length === 0) return null;
  return (
    <Panel title={t("duplicates.panel")}>
      <Stack gap="sm">
        <ProblemNote error={undoing.error} />
        {inForce.map((merge) => {
          const other = merge.place.id === place ? merge.kept : merge.place;
          return (
            <Group key={merge.id} justify="space-between">
              <span>
                {t(merge.place.id === place ? "duplicates.countsAs" : "duplicates.countedHere")}{" "}
                <TextLink to="/places/$place" params={{ place: other.id }}>
                  {other.name}
                </TextLink>{" "}
                <span className="quiet">
                  <When at={merge.at} />
                </span>
              </span>
              <Button variant="default" size="xs" onClick={() => undoing.mutate(merge.id)} loading={undoing.isPending}>
                {t("duplicates.undo")}
              </Button>
            </Group>
          );
        })}
        <p className="quiet">{t("duplicates.panelLead")}</p>
      </Stack>
    </Panel>
  );
}
