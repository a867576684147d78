// Teams of officers, to whom work is given: made, changed, ended, and let work again.
import { Button, Group, MultiSelect, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { IconUsersGroup } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ownArea } from "../../logic/navigation";
import { useOfficer } from "../../api/session";
import { changeOfficerTeam, colleaguesQuery, makeOfficerTeam, officerTeamsQuery } from "../../api/staff";
import type { OfficerTeam } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { Dialog } from "../../parts/Dialog";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { useSentOnce } from "../../parts/useSentOnce";

export function OfficerTeamsPage() {
  const { t } = useTranslation();
  const teams = useQuery(officerTeamsQuery);
  const [editing, setEditing] = useState<OfficerTeam | "new">();
  const columns: Column<OfficerTeam>[] = [
    { key: "name", head: t("staff.name"), lead: true, cell: (row) => row.name },
    { key: "unit", head: t("common.unit"), cell: (row) => row.unitName },
    { key: "members", head: t("staff.members"), grow: true, cell: (row) => row.members.map((one) => one.name).join(", ") },
    { key: "state", head: t("teams.state"), cell: (row) => row.ended && <Badge tone="plain">{t("staff.ended")}</Badge> },
    {
      key: "change",
      head: t("staff.editTeam"),
      cell: (row) => (
        <Button size="xs" variant="default" aria-label={`${t("staff.editTeam")}: ${row.name}`} onClick={() => setEditing(row)}>
          {t("staff.editTeam")}
        </Button>
      ),
    },
  ];
  return (
    <>
      <PageHead title={t("staff.teamsTitle")} lead={t("staff.teamsLead")} back={<TextLink to="/tasks">{t("shell.section.tasks")}</TextLink>}>
        <Button onClick={() => setEditing("new")}>{t("staff.newTeam")}</Button>
      </PageHead>
      <ProblemNote error={teams.error} retry={() => void teams.refetch()} />
      {teams.isLoading && <Loading />}
      {teams.data?.length === 0 && <Empty icon={<IconUsersGroup size={38} stroke={1.3} />} title={t("staff.teamsNone")} />}
      {teams.data && teams.data.length > 0 && <DataTable rows={teams.data} columns={columns} rowKey={(row) => row.id} caption={t("staff.teamsTitle")} />}
      <Dialog opened={editing !== undefined} onClose={() => setEditing(undefined)} title={t(editing === "new" ? "staff.newTeam" : "staff.editTeam")}>
        {editing !== undefined && <Fields team={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />}
      </Dialog>
    </>
  );
}

function Fields({ team, onClose }: { team: OfficerTeam | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const own = ownArea(useOfficer());
  const [unit, setUnit] = useState(team?.unit ?? own);
  const [name, setName] = useState(team?.name ?? "");
  const [members, setMembers] = useState<string[]>(team?.members.map((one) => one.id) ?? []);
  const colleagues = useQuery(colleaguesQuery(unit ?? ""));
  const make = useSentOnce(makeOfficerTeam);
  const saving = useMutation({
    mutationFn: (ended: boolean | undefined) => {
      if (!team) return make({ unit: unit ?? "", name: name.trim(), members });
      return changeOfficerTeam(team.id, team.version, ended === undefined ? { name: name.trim(), members } : { ended });
    },
    onSuccess: (saved) => {
      say(t(team ? "staff.saved" : "staff.made", { name: saved.name }));
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["staff"] }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(undefined);
      }}
    >
      <Stack>
        {!team && <UnitSelect label={t("common.unit")} value={unit} onChange={setUnit} error={fieldText(t, saving.error, "/unit")} />}
        <TextInput label={t("staff.name")} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={120} error={fieldText(t, saving.error, "/name")} />
        <MultiSelect
          label={t("staff.members")}
          description={t("staff.membersHelp")}
          searchable
          data={(colleagues.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
          value={members}
          onChange={setMembers}
          error={fieldText(t, saving.error, "/members")}
        />
        <ProblemNote error={saving.error ?? colleagues.error} />
        {team && !team.ended && (
          <Text size="sm" c="dimmed">
            {t("staff.endWarning")}
          </Text>
        )}
        <Group justify="flex-end">
          {team && (
            <Button variant="subtle" color={team.ended ? "gray" : "lacquer"} onClick={() => saving.mutate(!team.ended)} loading={saving.isPending}>
              {t(team.ended ? "staff.reopen" : "staff.end")}
            </Button>
          )}
          <Button type="submit" disabled={!unit || !name.trim() || members.length === 0} loading={saving.isPending}>
            {t(team ? "common.save" : "staff.make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
