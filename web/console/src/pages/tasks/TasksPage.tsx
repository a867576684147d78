// The work list of a station: most urgent first; the same list on a phone at the door and on a desk.
import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconChecklist, IconHandGrab, IconPrinter, IconUsersGroup } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useCompanions } from "../../api/contacts";
import { acknowledgeTasks, giveTasks, takenAtOnce, useArrivingTasks, useTasks } from "../../api/tasks";
import { taskFilter, taskKinds, taskStates } from "../../logic/filters";
import { isOverdue } from "../../logic/tasks";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { Give, TeamFilter } from "../../parts/Give";
import { ButtonLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";
import { useNow } from "../../parts/When";
import { CompanionList } from "../cases/declared/CompanionList";
import { ArrivingTasks } from "./HandedOver";
import { TaskList } from "./TaskList";
import styles from "./TasksPage.module.css";

const route = getRouteApi("/office/tasks");

export function TasksPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const now = useNow();
  const search = route.useSearch();
  const { overdue, ...filter } = search;
  const list = useTasks(filter);
  const arriving = useArrivingTasks(filter.unit);
  const companions = useCompanions(filter.unit);
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: "/tasks", search: (before) => taskFilter({ ...before, ...change }), replace: true });
  const filtered = Object.keys(search).length > 0;
  const client = useQueryClient();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const taking = useMutation({
    mutationFn: acknowledgeTasks,
    onSuccess: () => setMarked(new Set()),
    onSettled: () => client.invalidateQueries({ queryKey: ["tasks"] }),
  });
  const shown = overdue ? { ...list, rows: list.rows.filter((task) => isOverdue(task, now)) } : list;
  const open = shown.rows.filter((task) => task.state === "open").map((task) => task.id);
  const chosen = open.filter((id) => marked.has(id)).slice(0, takenAtOnce); // what has left the list is not taken
  const chosenRows = shown.rows.filter((task) => marked.has(task.id) && task.state !== "done" && task.state !== "withdrawn");
  const mark = (ids: readonly string[], on: boolean) =>
    setMarked((before) => new Set(on ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));
  return (
    <>
      <PageHead title={t("shell.section.tasks")} lead={t("tasks.lead")}>
        <ButtonLink to="/tasks/teams" variant="default" leftSection={<IconUsersGroup size={17} />}>
          {t("staff.teamsTitle")}
        </ButtonLink>
        <ButtonLink to="/tasks/print" search={search} variant="default" leftSection={<IconPrinter size={17} />}>
          {t("tasks.print")}
        </ButtonLink>
      </PageHead>
      <FilterBar onClear={filtered ? () => void navigate({ to: "/tasks", search: {}, replace: true }) : undefined}>
        <Choice
          label={t("tasks.kindHead")}
          value={filter.kind}
          options={taskKinds.map((value) => ({ value, label: t(`tasks.kind.${value}`) }))}
          onChange={(kind) => set({ kind })}
        />
        <Choice
          label={t("decisions.state")}
          value={filter.state}
          options={taskStates.map((value) => ({ value, label: t(`tasks.state.${value}`) }))}
          onChange={(state) => set({ state })}
        />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={210} maw="100%" />
        <Checkbox label={t("tasks.onlyOverdue")} checked={overdue ?? false} onChange={(event) => set({ overdue: event.currentTarget.checked })} />
        <Checkbox label={t("tasks.onlyLate")} checked={filter.late ?? false} onChange={(event) => set({ late: event.currentTarget.checked })} />
        <Checkbox label={t("tasks.onlyMine")} checked={filter.mine ?? false} onChange={(event) => set({ mine: event.currentTarget.checked })} />
        <Checkbox label={t("staff.onlyNobodys")} checked={filter.nobodys ?? false} onChange={(event) => set({ nobodys: event.currentTarget.checked })} />
        <TeamFilter team={filter.team} onChange={(team) => set({ team })} />
      </FilterBar>
      <ArrivingTasks tasks={arriving.rows} />
      <div className={styles.take}>
        {open.length > 0 && (
          <Checkbox
            label={t("tasks.markAll")}
            checked={chosen.length > 0 && chosen.length === Math.min(open.length, takenAtOnce)}
            indeterminate={chosen.length > 0 && chosen.length < Math.min(open.length, takenAtOnce)}
            onChange={(event) => mark(open, event.currentTarget.checked)}
          />
        )}
        {open.length > 0 && (
          <Button
            size="compact-md"
            leftSection={<IconHandGrab size={17} />}
            disabled={chosen.length === 0}
            loading={taking.isPending}
            onClick={() => taking.mutate(chosen)}
          >
            {t("tasks.takeMarked", { count: chosen.length })}
          </Button>
        )}
        {shown.rows.length > 0 && <Give room="tasks" chosen={chosenRows} give={giveTasks} onGiven={() => setMarked(new Set())} />}
      </div>
      <ProblemNote error={taking.error} />
      <ListFrame
        list={shown}
        empty={
          <Empty icon={<IconChecklist size={38} stroke={1.3} />} title={t(filtered ? "tasks.noneFound" : "tasks.none")}>
            {!filtered && t("tasks.noneLead")}
          </Empty>
        }
      >
        {(rows) => <TaskList tasks={rows} marking={{ marked, mark: (id, on) => mark([id], on) }} />}
      </ListFrame>
      {(companions.rows.length > 0 || companions.error !== null) && (
        <Panel title={t("companions.title")}>
          <p className="quiet">{t("companions.lead")}</p>
          <ListFrame list={companions} empty={null}>
            {(rows) => <CompanionList rows={rows} ofCases />}
          </ListFrame>
        </Panel>
      )}
    </>
  );
}
