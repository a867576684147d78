import { useTranslation } from "react-i18next";

import { useReleases } from "../../api/tracing";
import { Panel } from "../../parts/Panel";
import { ReleaseRow } from "../releases/ReleaseRow";

/** Releases of this case so far. */
export function CaseReleases({ caseId }: { caseId: string }) {
  const { t } = useTranslation();
  const list = useReleases(undefined);
  const own = list.rows.filter((release) => release.case === caseId);
  if (own.length === 0) return null;
  return (
    <Panel title={t("warnings.releases")}>
      {own.map((release) => (
        <ReleaseRow key={release.id} release={release} />
      ))}
    </Panel>
  );
}
