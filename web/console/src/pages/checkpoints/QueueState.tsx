import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { CheckpointQueue } from "../../api/types";

/** How many wait and how long, as far as anybody knows; the alarm in words, not by colour alone. */
export function QueueState({ of }: { of: CheckpointQueue }) {
  const { t } = useTranslation();
  if (!of.counted) return <>{t("checkpoints.queueNone")}</>;
  const { waiting, minutes, limit } = of;
  return (
    <>
      {minutes === undefined ? t("checkpoints.queueStill", { waiting }) : t("checkpoints.queueMinutes", { waiting, minutes })}
      {of.alarm && (
        <>
          {" "}
          <Badge color="red.9" variant="filled" radius="sm">
            {t("checkpoints.alarm", { limit })}
          </Badge>
        </>
      )}
    </>
  );
}
