// The results of a tube: what stands, and what it replaced.
import { useTranslation } from "react-i18next";
import type { ReactNode } from "react";

import type { TestResult } from "../../api/types";
import { TextLink } from "../../parts/links";
import { When } from "../../parts/When";

interface Props {
  results: readonly TestResult[];
  actions?: (result: TestResult) => ReactNode;
  /** Nobody's, as the wrong person was in the tube. */
  doubtful?: boolean;
}

export function Results({ results, actions, doubtful }: Props) {
  const { t } = useTranslation();
  return (
    <ul style={{ margin: 0, paddingInlineStart: "1.1em" }}>
      {results.map((result) => {
        const words = `${t(`laboratory.method.${result.method}`)}: ${t(`laboratory.outcome.${result.outcome}`)}${result.ct === undefined ? "" : `, Ct ${result.ct}`}${result.lineage ? `, ${result.lineage}` : ""}`;
        return (
          <li key={result.id}>
            {result.replacedBy ? <s>{words}</s> : <b>{words}</b>} · <When at={result.at} />
            {result.reason && <span className="quiet"> · {t("laboratory.corrected", { reason: result.reason })}</span>}
            {result.caseId && (
              <>
                {" · "}
                <TextLink to="/cases/$case" params={{ case: result.caseId }}>
                  {t(result.replacedBy || doubtful ? "laboratory.caseDoubtful" : "laboratory.case")}
                </TextLink>
              </>
            )}{" "}
            {!result.replacedBy && actions?.(result)}
          </li>
        );
      })}
    </ul>
  );
}
