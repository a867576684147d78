import { useTranslation } from "react-i18next";

import type { Place } from "../../api/types";
import { Badge } from "../../parts/Badges";

const tones = { registered: "turmeric", approved: "bamboo", closed: "plain" } as const;

export function PlaceStatus({ of }: { of: Place["status"] }) {
  const { t } = useTranslation();
  return <Badge tone={tones[of]}>{t(`places.status.${of}`)}</Badge>;
}
