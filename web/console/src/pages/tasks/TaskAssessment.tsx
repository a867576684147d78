import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { taskQuery } from "../../api/tasks";
import { candidateQuery } from "../../api/tracing";
import type { Candidate, Task } from "../../api/types";
import { Loading } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { AllEvidence } from "../cases/candidate/AllEvidence";
import { AssignForm } from "../cases/candidate/AssignForm";
import { NamedContacts } from "../cases/declared/NamedContacts";

/** The evidence and the questions, in the task itself: a station need not be able to open the case. */
export function TaskAssessment({ task, onAssigned }: { task: Task; onAssigned: (candidate: Candidate) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(candidateQuery(task.candidate));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading rows={3} />;
  const show = (fresh: Candidate) => {
    client.setQueryData(candidateQuery(task.candidate).queryKey, fresh);
    // Assigning may have ended the task.
    void client.invalidateQueries({ queryKey: taskQuery(task.id).queryKey });
    void client.invalidateQueries({ queryKey: ["tasks", "list"] });
    void client.invalidateQueries({ queryKey: ["cases"] });
  };
  const saved = (fresh: Candidate) => {
    show(fresh);
    onAssigned(fresh);
  };
  return (
    <>
      <Panel title={t("tracing.allEvidence", { count: data.evidenceCount })} tight>
        <AllEvidence candidate={data} />
      </Panel>
      <NamedContacts of={data} />
      <AssignForm candidate={data} disease={task.disease} focused={false} onSaved={saved} onKept={show} />
    </>
  );
}
