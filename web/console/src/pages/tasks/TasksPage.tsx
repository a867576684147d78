// The work list of a station: most urgent first; the same list on a phone at the door and on a desk.
import { Button, Checkbox, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconChecklist, IconHandGrab, IconPrinter, IconUsersGroup } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import { useOfficer } from "../../api/session";
import { acknowledgeTasks, giveTasks, takenAtOnce, takeOutTasks, useTasks } from "../../api/tasks";
import { levels, taskFileFilter, taskFilter, taskKinds, taskSorts, taskStates } from "../../logic/filters";
import { holds } from "../../logic/navigation";
import { sortedBy } from "../../logic/sorting";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { Give, TeamFilter } from "../../parts/Give";
import { ButtonLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { ProblemNote } from "../../parts/ProblemNote";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { UnitSelect } from "../../parts/UnitSelect";
import { useLanguage } from "../../parts/When";
import { Companions } from "./Companions";
import { ArrivingTasks } from "./HandedOver";
import { TaskList } from "./TaskList";
import styles from "./TasksPage.module.css";

const route = getRouteApi("/office/tasks");
/** The server gives no more in one file (modules/tracing). */
const mostTasks = 5000;

export function TasksPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = route.useSearch();
  const { arriving, ...filter } = search;
  const list = useTasks(filter);
  const officer = useOfficer();
  const language = useLanguage();
  const diseases = useQuery(diseasesQuery).data?.items ?? [];
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: "/tasks", search: (before) => taskFilter({ ...before, ...change }), replace: true });
  const { sort, order, arriving: _, ...asked } = search;
  const filtered = Object.keys(asked).length > 0;
  const client = useQueryClient();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const taking = useMutation({
    mutationFn: acknowledgeTasks,
    onSuccess: () => setMarked(new Set()),
    onSettled: () => client.invalidateQueries({ queryKey: ["tasks"] }),
  });
  const open = list.rows.filter((task) => task.state === "open").map((task) => task.id);
  const chosen = open.filter((id) => marked.has(id)).slice(0, takenAtOnce); // what has left the list is not taken
  const chosenRows = list.rows.filter((task) => marked.has(task.id) && task.state !== "done" && task.state !== "withdrawn");
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
        {holds(officer, "districtOfficer", "provinceOfficer") && (
          <TakeOut
            title={t("tasks.takeOutTitle")}
            holds={t("tasks.takeOutHolds", { most: mostTasks })}
            unit={filter.unit}
            // A file of the unit's: not of one team's or one officer's.
            disabled={filter.mine === true || filter.team !== undefined}
            take={(unit, format, reason) => takeOutTasks(unit, format, reason, taskFileFilter(filter))}
          />
        )}
      </PageHead>
      <FilterBar onClear={filtered ? () => void navigate({ to: "/tasks", search: taskFilter({ sort, order, arriving }), replace: true }) : undefined}>
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
        <Checkbox label={t("tasks.onlyOverdue")} checked={filter.overdue ?? false} onChange={(event) => set({ overdue: event.currentTarget.checked })} />
        <Checkbox label={t("tasks.onlyLate")} checked={filter.late ?? false} onChange={(event) => set({ late: event.currentTarget.checked })} />
        <Checkbox label={t("tasks.onlyMine")} checked={filter.mine ?? false} onChange={(event) => set({ mine: event.currentTarget.checked })} />
        <Checkbox label={t("staff.onlyNobodys")} checked={filter.nobodys ?? false} onChange={(event) => set({ nobodys: event.currentTarget.checked })} />
        <TeamFilter team={filter.team} onChange={(team) => set({ team })} />
        <Select
          aria-label={t("tracing.level")}
          placeholder={t("contactLists.anyLevel")}
          data={levels.map((value) => ({ value, label: t("common.suspectedLevel", { level: value }) }))}
          value={filter.level ?? null}
          onChange={(value) => set({ level: value ?? undefined })}
          clearable
          w={130}
          maw="100%"
        />
        <Select
          aria-label={t("cases.disease")}
          placeholder={t("cases.anyDisease")}
          data={diseases.map((one) => ({ value: one.id, label: one.name[language] }))}
          value={filter.disease ?? null}
          onChange={(disease) => set({ disease: disease ?? undefined })}
          searchable
          clearable
          w={190}
          maw="100%"
        />
        <SortChoice
          headless
          sorts={[
            { sort: "due", label: t("tasks.isDue") },
            { sort: "waiting", label: t("tasks.waitingSince") },
          ]}
          sorted={sort && sortedBy(search, taskSorts)}
          onSort={(by, way) => set({ sort: by, order: way })}
          unsorted={{ label: t("tasks.byUrgency"), onChoose: () => set({ sort: undefined, order: undefined }) }}
        />
      </FilterBar>
      <ArrivingTasks unit={filter.unit} turned={arriving} onTurn={(way) => set({ arriving: way })} />
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
        {list.rows.length > 0 && <Give room="tasks" chosen={chosenRows} give={giveTasks} onGiven={() => setMarked(new Set())} />}
      </div>
      <ProblemNote error={taking.error} />
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconChecklist size={38} stroke={1.3} />} title={t(filtered ? "tasks.noneFound" : "tasks.none")}>
            {!filtered && t("tasks.noneLead")}
          </Empty>
        }
      >
        {(rows) => <TaskList asSorted={sort !== undefined} tasks={rows} marking={{ marked, mark: (id, on) => mark([id], on) }} />}
      </ListFrame>
      <Companions unit={filter.unit} disease={filter.disease} />
    </>
  );
}
