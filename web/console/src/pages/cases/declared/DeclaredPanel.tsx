// Who was declared a contact of this case.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { contactsQuery } from "../../../api/contacts";
import type { Case } from "../../../api/types";
import { Panel } from "../../../parts/Panel";
import { ProblemNote } from "../../../parts/ProblemNote";
import { DeclaredList } from "./DeclaredList";

export function DeclaredPanel({ of: file }: { of: Case }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(contactsQuery(file.id));
  if (error && !data) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data || data.length === 0) return null;
  return (
    <Panel title={t("declared.listed")}>
      <DeclaredList rows={data} label={t("declared.listed")} outside={file.classification !== "discarded" ? t("declared.outside") : undefined} />
    </Panel>
  );
}
