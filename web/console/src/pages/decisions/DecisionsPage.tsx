// What is switched on, where and until when. Nothing runs by itself: no decision, no check-in, no declaration, no tracing.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { inForceQuery } from "../../api/decisions";
import { useOfficer } from "../../api/session";
import { holds } from "../../logic/navigation";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { ProblemNote } from "../../parts/ProblemNote";
import { useShortcuts } from "../../parts/Shortcuts";
import { DecisionBoard } from "./DecisionBoard";
import { DecisionForm } from "./DecisionForm";
import { DecisionHistory } from "./DecisionHistory";

export function DecisionsPage() {
  const { t } = useTranslation();
  const mayDecide = holds(useOfficer(), "commander");
  const [writing, setWriting] = useState(false);
  const inForce = useQuery(inForceQuery);
  useShortcuts(mayDecide ? [{ keys: "n", says: t("decisions.new"), run: () => setWriting(true) }] : []);
  return (
    <>
      <PageHead title={t("shell.section.decisions")} lead={t("decisions.lead")}>
        {mayDecide && (
          <Button leftSection={<IconPlus size={17} />} onClick={() => setWriting(true)}>
            {t("decisions.new")}
          </Button>
        )}
      </PageHead>
      <ProblemNote error={inForce.error} retry={() => void inForce.refetch()} />
      {inForce.isLoading && <Loading rows={3} />}
      {inForce.data && <DecisionBoard inForce={inForce.data.items} {...(mayDecide ? { onDecide: () => setWriting(true) } : {})} />}
      <DecisionHistory mayEnd={mayDecide} />
      <DecisionForm opened={writing} onClose={() => setWriting(false)} />
    </>
  );
}
