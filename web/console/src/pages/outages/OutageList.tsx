// Outages that are open, each with the way to end it; or those that are over.
import { Alert, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { endOutage } from "../../api/outages";
import type { Outage } from "../../api/types";
import { Empty } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { When } from "../../parts/When";
import { useDelay } from "./useDelay";

export function OutageList({ open, past }: { open?: readonly Outage[]; past?: readonly Outage[] }) {
  const { t } = useTranslation();
  const all = open ?? past ?? [];
  return (
    <Panel title={t(open ? "outages.now" : "outages.past")}>
      {open?.some((one) => one.kind === "codes") && <Alert color="yellow">{t("outages.told")}</Alert>}
      {all.length === 0 ? (
        <Empty bare title={t(open ? "outages.fine" : "outages.noPast")} />
      ) : (
        <Stack component="ul" gap="xs" p={0} style={{ listStyle: "none" }}>
          {all.map((one) => (
            <li key={one.id}>
              <Line outage={one} />
            </li>
          ))}
        </Stack>
      )}
    </Panel>
  );
}

function Line({ outage }: { outage: Outage }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const delay = useDelay();
  const ending = useMutation({
    mutationFn: () => endOutage(outage.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["outages"] });
      say(t("outages.ended"));
    },
  });
  const until = outage.ended ?? outage.until;
  return (
    <>
      <Group gap="xs">
        <Badge color={outage.ended ? "gray" : "lacquer"}>{t(`outages.kind.${outage.kind}`)}</Badge>
        <Text component="span">
          {t("outages.since")} <When at={outage.began} />
          {until && (
            <>
              {" "}
              {t("outages.until")} <When at={until} />
            </>
          )}
        </Text>
        <Text component="span" className="quiet">
          {outage.automatic ? t("outages.automatic") : outage.reason}
          {outage.failedPercent !== undefined && ` · ${t("outages.counted", { failed: outage.failedPercent, delay: delay(outage.delaySeconds ?? 0) })}`}
        </Text>
        {!outage.ended && (
          <Button size="xs" variant="default" onClick={() => ending.mutate()} loading={ending.isPending}>
            {t("outages.end")}
          </Button>
        )}
      </Group>
      <ProblemNote error={ending.error} />
    </>
  );
}
