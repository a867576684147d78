// Community teams: whom they met today, who has declared, as counts; and, at the station, who asked them for help.
import { Box, Button } from "@mantine/core";
import { IconUsersGroup } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useOfficer } from "../../api/session";
import { settleHelp, teamHelpQuery, useTeams } from "../../api/teams";
import type { Team, TeamHelp } from "../../api/types";
import { holds } from "../../logic/navigation";
import { DataTable, type Column } from "../../parts/DataTable";
import { FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { When } from "../../parts/When";
import { NewTeamDialog } from "./NewTeamDialog";

export function TeamsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const station = holds(useOfficer(), "stationOfficer");
  const [unit, setUnit] = useState<string>();
  const [making, setMaking] = useState(false);
  const list = useTeams(unit);
  const columns: Column<Team>[] = [
    {
      key: "name",
      head: t("teams.name"),
      lead: true,
      grow: true,
      cell: (row) =>
        station ? (
          <TextLink to="/declarations/teams/$team" params={{ team: row.id }} fw={600} c="var(--ink)" underline="hover">
            {row.name}
          </TextLink>
        ) : (
          row.name
        ),
    },
    { key: "unit", head: t("common.unit"), cell: (row) => row.unitName },
    { key: "state", head: t("teams.state"), cell: (row) => t(row.closed ? "teams.closedNow" : row.working ? "teams.working" : "teams.notWorking") },
    { key: "reached", head: t("teams.reached"), align: "right", cell: ({ today }) => `${today.reached}/${today.households}` },
    {
      key: "declared",
      head: t("teams.declared"),
      align: "right",
      cell: ({ today }) => (today.members === undefined ? t("teams.tooFew") : `${today.declared}/${today.members}`),
    },
    {
      key: "missing",
      head: t("teams.missing"),
      align: "right",
      cell: ({ today }) => (today.members === undefined || today.declared === undefined ? "–" : today.members - today.declared),
    },
    { key: "never", head: t("teams.neverReached"), align: "right", cell: (row) => row.neverReached },
    { key: "help", head: t("teams.help"), align: "right", cell: (row) => row.help },
  ];
  return (
    <>
      <PageHead title={t("teams.title")} lead={t("teams.lead")} back={<TextLink to="/declarations">{t("shell.section.declarations")}</TextLink>}>
        {station && <Button onClick={() => setMaking(true)}>{t("teams.new")}</Button>}
      </PageHead>
      {station && <NewTeamDialog opened={making} onClose={() => setMaking(false)} />}
      {station && <AskedForHelp />}
      <FilterBar>
        <UnitSelect aria-label={t("common.unit")} value={unit} onChange={setUnit} w={300} maw="100%" />
      </FilterBar>
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconUsersGroup size={38} stroke={1.3} />} title={t("teams.none")}>
            {t("teams.noneLead")}
          </Empty>
        }
      >
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t("teams.title")}
            stale={list.stale}
            tone={(row) => (row.help > 0 ? "alarm" : row.working ? undefined : "faded")}
            {...(station ? { onOpen: (row: Team) => void navigate({ to: "/declarations/teams/$team", params: { team: row.id } }) } : {})}
          />
        )}
      </ListFrame>
    </>
  );
}

function AskedForHelp() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const asked = useQuery(teamHelpQuery);
  const [open, setOpen] = useState<TeamHelp>();
  const settling = useMutation({
    mutationFn: (note: string) => settleHelp(open!.id, note),
    onSuccess: async () => {
      setOpen(undefined);
      say(t("teams.settled"));
      await client.invalidateQueries({ queryKey: ["teams"] });
    },
  });
  const columns: Column<TeamHelp>[] = [
    {
      key: "who",
      head: t("teams.members"),
      lead: true,
      cell: (row) => `${row.household} · ${row.who ?? row.address}`,
    },
    { key: "note", head: t("teams.help"), grow: true, cell: (row) => row.note ?? "–" },
    { key: "address", head: t("teams.address"), cell: (row) => row.address },
    { key: "team", head: t("teams.name"), cell: (row) => row.teamName },
    { key: "by", head: t("teams.helpBy"), cell: (row) => row.volunteer },
    { key: "at", head: t("teams.day"), cell: (row) => <When at={row.at} /> },
    {
      key: "settle",
      head: t("teams.settle"),
      silent: true,
      cell: (row) => (
        <Button size="xs" variant="default" onClick={() => setOpen(row)}>
          {t("teams.settle")}
        </Button>
      ),
    },
  ];
  if (asked.error) return <ProblemNote error={asked.error} retry={() => void asked.refetch()} />;
  if (!asked.data || asked.data.length === 0) return null;
  return (
    <Box mb="md">
      <Panel title={t("teams.helpTitle")}>
        <Box mb="sm">
          <LoggedNote>{t("teams.logged")}</LoggedNote>
        </Box>
        <DataTable rows={asked.data} columns={columns} rowKey={(row) => row.id} caption={t("teams.helpTitle")} />
        <ReasonDialog
          opened={open !== undefined}
          title={t("teams.settle")}
          action={t("teams.settle")}
          busy={settling.isPending}
          error={<ProblemNote error={settling.error} />}
          onReason={(note) => settling.mutate(note)}
          onClose={() => setOpen(undefined)}
        >
          <p>{t("teams.settleHelp")}</p>
        </ReasonDialog>
      </Panel>
    </Box>
  );
}
