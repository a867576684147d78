import { ApiError } from "@luytre/shared/api";
import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { contradictionOf } from "../../logic/course";
import { ProblemNote } from "../../parts/ProblemNote";

/** As ProblemNote; of dates that contradict each other it says which. */
export function CaseProblem({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const which = error instanceof ApiError && error.code === "dates_contradict" ? contradictionOf(error.problem.params?.which) : undefined;
  if (!which) return <ProblemNote error={error} />;
  return (
    <Alert role="alert" color="lacquer" icon={<IconAlertTriangle size={18} />} title={t(`cases.contradiction.${which}`)}>
      <span className="quiet">{t("common.code", { code: "dates_contradict" })}</span>
    </Alert>
  );
}
