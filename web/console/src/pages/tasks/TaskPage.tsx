// One task, made for a phone in the hand: call, ask, say what came of it. Opening it is logged.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { IconHandGrab } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import { acknowledgeTask, giveTasks, taskQuery } from "../../api/tasks";
import { candidateQuery } from "../../api/tracing";
import { useOfficer } from "../../api/session";
import type { Candidate, Task } from "../../api/types";
import { isOverdue, spokenNotClassified } from "../../logic/tasks";
import { byAir } from "../../logic/transmission";
import { Badge, ClassBadge, LevelBadge, TaskState } from "../../parts/Badges";
import { ContactBlock } from "../../parts/ContactBlock";
import { Give, WhoseLong } from "../../parts/Give";
import { TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { UnruledNote } from "../../parts/UnruledNote";
import { useDiseaseName } from "../../parts/useNames";
import { Due, useNow, When } from "../../parts/When";
import { HandedOver } from "./HandedOver";
import { OutcomeForm } from "./OutcomeForm";
import { TaskAssessment } from "./TaskAssessment";
import styles from "./TaskPage.module.css";

const route = getRouteApi("/office/tasks/$task");

export function TaskPage() {
  const { task: id } = route.useParams();
  const { data, error, refetch } = useQuery(taskQuery(id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Loaded key={id} task={data} /> : <Loading />;
}

function Loaded({ task }: { task: Task }) {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const packs = useQuery(diseasesQuery);
  const airborne = !packs.isPending && byAir(packs.data?.items.find((one) => one.id === task.disease));
  const now = useNow();
  const client = useQueryClient();
  const officer = useOfficer();
  const [assigned, setAssigned] = useState<Candidate>();
  const show = (fresh: Task) => {
    client.setQueryData(taskQuery(task.id).queryKey, { ...task, ...fresh });
    // What the page shows of a transfer that is over now comes with the whole task alone.
    const over = task.transfer && task.transfer.id !== fresh.transfer?.id;
    void client.invalidateQueries({ queryKey: over ? ["tasks"] : ["tasks", "list"] });
  };
  const taking = useMutation({ mutationFn: () => acknowledgeTask(task.id), onSuccess: show });
  const running = task.state === "open" || task.state === "acknowledged";
  const active = running && !task.transfer?.yours; // until it is taken, the unit that has it acts
  return (
    <div className={styles.page}>
      <PageHead
        title={task.person.name}
        back={<TextLink to="/tasks">{t("shell.section.tasks")}</TextLink>}
        lead={
          <>
            {t(`common.sex.${task.person.sex}`)}, {task.person.birthYear || t("people.bornUnknown")} · {task.unitName}
          </>
        }
      />
      <div className={styles.facts}>
        <TaskState of={task.state} />
        {spokenNotClassified(task) && <Badge tone="lacquer">{t("tasks.unclassified")}</Badge>}
        <Level task={task} />
        <b>{t(`tasks.kind.${task.kind}`)}</b>
        <span>
          {disease(task.disease)} · {task.caseNumber}
        </span>
        {active && (
          <span className={isOverdue(task, now) ? styles.late : undefined}>
            <Due at={task.dueAt} />
          </span>
        )}
        {active && <WhoseLong of={task} />}
      </div>
      {active && (
        <p className={styles.advice}>
          {t(spokenNotClassified(task) ? "tasks.classifyNow" : `tasks.what.${task.kind}`)}
          {task.kind === "door" && airborne && ` ${t("tasks.keepAway")}`}
        </p>
      )}
      <ContactBlock contact={task.contact} />
      <HandedOver task={task} />
      {active && task.state === "open" && (
        <Button size="md" variant="light" leftSection={<IconHandGrab size={19} />} onClick={() => taking.mutate()} loading={taking.isPending}>
          {t("tasks.take")}
        </Button>
      )}
      {active && <Give room="tasks" chosen={[task]} give={giveTasks} onGiven={() => undefined} />}
      <ProblemNote error={taking.error} />
      {active && (
        <OutcomeForm
          task={task}
          // The answer holds no log, and reading the task again would be one more entry in the person's access log.
          onSaved={(fresh, said) => show({ ...fresh, log: [...(task.log ?? []), { ...said, at: new Date().toISOString(), by: officer.name }] })}
          onKept={show}
        />
      )}
      {task.unclassified && active ? <TaskAssessment task={task} onAssigned={setAssigned} /> : assigned && <UnruledNote candidate={assigned} />}
      <Attempts task={task} />
      <LoggedNote />
    </div>
  );
}

/** What the trace suspects, until an officer has assigned the class. */
function Level({ task }: { task: Task }) {
  const { data } = useQuery({ ...candidateQuery(task.candidate), enabled: task.kind === "assess" && task.state !== "withdrawn" && !task.transfer?.yours });
  return data?.status === "assigned" && data.class ? <ClassBadge of={data.class} /> : <LevelBadge level={task.level} suspected />;
}

function Attempts({ task }: { task: Task }) {
  const { t } = useTranslation();
  const attempts = task.log ?? [];
  if (attempts.length === 0) return null;
  return (
    <Panel title={t("tasks.attemptsTitle")} tight>
      <ol className={styles.attempts}>
        {attempts.map((attempt) => (
          <li key={attempt.at}>
            <b>{t(`tasks.outcome.${attempt.outcome}`)}</b> <When at={attempt.at} /> <span className="quiet">{attempt.by}</span>
            {attempt.note && <div>{attempt.note}</div>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
