// Open, over, or so long without a new case that it may be closed.
import { useTranslation } from "react-i18next";

import type { Outbreak } from "../../api/types";
import { Badge } from "../../parts/Badges";

export function OutbreakState({ of }: { of: Outbreak }) {
  const { t } = useTranslation();
  if (of.status === "closed") return <Badge tone="plain">{t("outbreaks.status.closed")}</Badge>;
  return of.over ? <Badge tone="bamboo">{t("outbreaks.over")}</Badge> : <Badge tone="lacquer">{t("outbreaks.status.open")}</Badge>;
}
