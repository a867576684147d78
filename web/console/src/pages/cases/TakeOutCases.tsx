import { useTranslation } from "react-i18next";

import type { CaseFilter } from "../../api/cases";
import { takeOutLineList } from "../../api/line-lists";
import { caseFileFilter } from "../../logic/filters";
import { TakeOut } from "../../parts/TakeOut";

/** The server gives no more in one file (modules/linelists). */
const mostCases = 5000;

export function TakeOutCases({ filter }: { filter: CaseFilter }) {
  const { t } = useTranslation();
  return (
    <TakeOut
      title={t("cases.takeOutTitle")}
      holds={t("cases.takeOutHolds", { most: mostCases })}
      unit={filter.unit}
      // Neither a number that was searched for nor twins are what a file is filtered by: it would hold other cases than the list.
      disabled={filter.q !== undefined || filter.twin === true}
      take={(unit, format, reason) => takeOutLineList(unit, format, reason, caseFileFilter(filter))}
    />
  );
}
