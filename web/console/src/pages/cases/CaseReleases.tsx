import { useTranslation } from "react-i18next";

import { useReleases } from "../../api/tracing";
import { ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReleaseRow } from "../releases/ReleaseRow";

/** Releases of this case so far. */
export function CaseReleases({ caseId }: { caseId: string }) {
  const { t } = useTranslation();
  const list = useReleases({ case: caseId });
  if (list.rows.length === 0) return <ProblemNote error={list.error} retry={list.retry} />;
  return (
    <Panel title={t("warnings.releases")}>
      <ListFrame list={list} empty={null} count={false}>
        {(rows) => rows.map((release) => <ReleaseRow key={release.id} release={release} />)}
      </ListFrame>
    </Panel>
  );
}
