import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { evidenceQuery } from "../../../api/tracing";
import type { Candidate } from "../../../api/types";
import { ProblemNote } from "../../../parts/ProblemNote";
import { EvidenceList } from "./EvidenceList";

/** Of much evidence the case keeps the strongest; the rest is fetched when it is asked for, which is logged. */
export function AllEvidence({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(false);
  const all = useQuery({ ...evidenceQuery(candidate.id), enabled: wanted });
  const kept = candidate.evidence.length;
  return (
    <>
      <EvidenceList evidence={all.data ?? candidate.evidence} />
      {!all.data && kept < candidate.evidenceCount && (
        <p role="status">
          {t("tracing.evidenceShown", { shown: kept, count: candidate.evidenceCount })}{" "}
          <Button size="compact-sm" variant="subtle" onClick={() => setWanted(true)} loading={all.isFetching}>
            {t("tracing.showAllEvidence")}
          </Button>
        </p>
      )}
      <ProblemNote error={all.error} />
    </>
  );
}
