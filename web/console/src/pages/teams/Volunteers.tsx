// Who goes from door to door for a team, by phone.
import { Button, Group, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { nameVolunteer, removeVolunteer, volunteersPhoneLost } from "../../api/teams";
import type { Volunteer } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { Panel } from "../../parts/Panel";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { When } from "../../parts/When";

export function Volunteers({ team, rows, onChanged }: { team: string; rows: readonly Volunteer[]; onChanged: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const naming = useMutation({
    mutationFn: () => nameVolunteer(team, { name: name.trim(), phone: phone.trim() }),
    onSuccess: () => {
      setName("");
      setPhone("");
      onChanged();
    },
  });
  const ending = useMutation({
    mutationFn: async ({ row, lost }: { row: Volunteer; lost: boolean }) => {
      await (lost ? volunteersPhoneLost : removeVolunteer)(team, row.id);
      say(t(lost ? "teams.lostDone" : "teams.removed", { name: row.name }));
    },
    onSuccess: onChanged,
  });
  const columns: Column<Volunteer>[] = [
    { key: "name", head: t("teams.volunteer"), lead: true, grow: true, cell: (row) => row.name },
    { key: "phone", head: t("teams.phone"), cell: (row) => row.phoneMasked },
    { key: "since", head: t("teams.since"), cell: (row) => <When at={row.since} /> },
    {
      key: "end",
      head: t("teams.remove"),
      silent: true,
      cell: (row) => (
        <Group gap="xs" wrap="nowrap">
          <Button size="xs" variant="default" onClick={() => ending.mutate({ row, lost: true })}>
            {t("teams.lost")}
          </Button>
          <Button size="xs" variant="default" onClick={() => ending.mutate({ row, lost: false })}>
            {t("teams.remove")}
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <Panel title={t("teams.volunteers")}>
      <p className="quiet">{t("teams.volunteersHelp")}</p>
      {rows.length > 0 && <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} caption={t("teams.volunteers")} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          naming.mutate();
        }}
      >
        <Group align="end" gap="xs" mt="sm">
          <TextInput label={t("teams.volunteer")} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={60} error={fieldText(t, naming.error, "/name")} />
          <TextInput label={t("teams.phone")} value={phone} onChange={(event) => setPhone(event.currentTarget.value)} maxLength={40} error={fieldText(t, naming.error, "/phone")} />
          <Button type="submit" variant="default" disabled={!name.trim() || !phone.trim()} loading={naming.isPending}>
            {t("teams.addVolunteer")}
          </Button>
        </Group>
      </form>
      <ProblemNote error={naming.error ?? ending.error} />
    </Panel>
  );
}
