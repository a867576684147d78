// Which outbreak a case belongs to.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { outbreakOfCaseQuery } from "../../api/outbreaks";
import type { Case } from "../../api/types";
import { TextLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { PutDialog } from "../outbreaks/PutDialog";

export function OutbreakPanel({ file }: { file: Case }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(outbreakOfCaseQuery(file.id));
  const [putting, setPutting] = useState(false);
  return (
    <Panel
      title={t("outbreaks.one")}
      actions={
        data === null &&
        file.classification !== "discarded" && (
          <Button variant="default" size="xs" className="no-print" onClick={() => setPutting(true)}>
            {t("outbreaks.putThere")}
          </Button>
        )
      }
    >
      <ProblemNote error={error} />
      {data === null && <p className="quiet">{t("outbreaks.ofNone")}</p>}
      {data && (
        <p>
          <TextLink to="/outbreaks/$outbreak" params={{ outbreak: data.id }}>
            {data.name}
          </TextLink>
          {data.status === "closed" && <span className="quiet"> · {t("outbreaks.status.closed")}</span>}
        </p>
      )}
      {putting && <PutDialog cases={[file]} onClose={() => setPutting(false)} onPut={() => undefined} />}
    </Panel>
  );
}
