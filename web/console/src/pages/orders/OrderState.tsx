import { useTranslation } from "react-i18next";

import type { Order } from "../../api/types";
import { Badge } from "../../parts/Badges";

const tones = { draft: "indigo", running: "bamboo", released: "plain", replaced: "plain", refused: "plain" } as const;

/** How it stands, whether its release is overdue, and what waits for a signature. */
export function OrderState({ of }: { of: Order }) {
  const { t } = useTranslation();
  return (
    <>
      <Badge tone={tones[of.state]}>{t(`orders.state.${of.state}`)}</Badge>
      {of.overdue && <Badge tone="lacquer">{t("orders.overdue")}</Badge>}
      {of.waiting && of.waiting !== "order" && <Badge tone="turmeric">{t("orders.waits", { step: t(`orders.step.${of.waiting}`) })}</Badge>}
    </>
  );
}
