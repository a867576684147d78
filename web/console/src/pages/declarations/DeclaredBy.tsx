// Who declared for whom, in a few words: "Khai hộ bởi người nhà, Nguyễn Thị An".
import { useTranslation } from "react-i18next";

import type { Declaration } from "../../api/types";

export function DeclaredBy({ by }: { by: Declaration["declaredBy"] }) {
  const { t } = useTranslation();
  if (!by) return t("common.unknown");
  return [t(`declarations.by.${by.kind}`), by.name, by.channel && t(`declareFor.channels.${by.channel}`)].filter(Boolean).join(", ");
}
