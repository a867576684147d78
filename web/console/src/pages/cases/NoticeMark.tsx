import { useTranslation } from "react-i18next";

import type { CaseBrief } from "../../api/types";
import { noticeState } from "../../logic/notification";
import { Badge } from "../../parts/Badges";
import { Due, useNow } from "../../parts/When";

/** How long there is still to notify a case, how long it is late, or that it has been done. */
export function NoticeMark({ of }: { of: Pick<CaseBrief, "classification" | "notifyBy" | "notifiedAt"> }) {
  const { t } = useTranslation();
  const state = noticeState(of, useNow());
  if (state === "told") return <span className="quiet">{t("cases.notice.told")}</span>;
  if (state === "none" || !of.notifyBy) return null;
  return (
    <Badge tone={state === "overdue" ? "lacquer" : "turmeric"} solid={state === "overdue"}>
      <Due at={of.notifyBy} />
    </Badge>
  );
}
