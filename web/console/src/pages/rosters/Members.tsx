// Who is on a roster, and whether they declared on a day: shown only when asked for, because every look is logged.
import { Button, Group, Select, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { rosterMembers, takeOffRoster } from "../../api/duties";
import type { RosterDuty, RosterMember } from "../../api/types";
import { showDay } from "../../logic/moments";
import { DataTable, type Column } from "../../parts/DataTable";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";

type Which = "not" | "did" | "all";
const all: readonly Which[] = ["not", "did", "all"];

export function Members({ id, duty, onChanged }: { id: string; duty: RosterDuty; onChanged: () => void }) {
  const { t } = useTranslation();
  const [day, setDay] = useState(duty.today.day);
  const [which, setWhich] = useState<Which>("not");
  const looking = useMutation({
    mutationFn: (cursor: string | undefined) =>
      rosterMembers(id, { rule: duty.rule, day, cursor, ...(which === "all" ? {} : { declared: which === "did" }) }),
  });
  const removing = useMutation({
    mutationFn: (person: string) => takeOffRoster(id, person),
    onSuccess: () => {
      say(t("rosters.removed"));
      looking.reset();
      onChanged();
    },
  });
  const columns: Column<RosterMember>[] = [
    { key: "name", head: t("rosters.person"), lead: true, grow: true, cell: (row) => row.name },
    {
      key: "state",
      head: t("rosters.state"),
      cell: (row) => t(row.declared === undefined ? "rosters.notDue" : row.declared ? "rosters.did" : "rosters.not"),
    },
    {
      key: "remove",
      head: t("rosters.remove"),
      silent: true,
      cell: (row) => (
        <Button size="xs" variant="default" loading={removing.isPending} onClick={() => removing.mutate(row.person)}>
          {t("rosters.remove")}
        </Button>
      ),
    },
  ];
  return (
    <Stack gap="xs">
      <LoggedNote>{t("rosters.peopleText")}</LoggedNote>
      <Group align="end">
        <Select
          label={t("rosters.day")}
          data={[...duty.strip].reverse().map((one) => ({ value: one.day, label: showDay(one.day) }))}
          value={day}
          onChange={(value) => {
            setDay(value ?? duty.today.day);
            looking.reset();
          }}
          allowDeselect={false}
        />
        <Select
          label={t("rosters.which")}
          data={all.map((value) => ({ value, label: t(`rosters.${value}`) }))}
          value={which}
          onChange={(value) => {
            setWhich(all.find((one) => one === value) ?? "not");
            looking.reset();
          }}
          allowDeselect={false}
        />
        <Button variant="default" loading={looking.isPending} onClick={() => looking.mutate(undefined)}>
          {t("rosters.show")}
        </Button>
      </Group>
      <ProblemNote error={looking.error ?? removing.error} />
      {looking.data?.items.length === 0 && <p role="status">{t("rosters.nobody")}</p>}
      {looking.data && looking.data.items.length > 0 && (
        <DataTable rows={looking.data.items} columns={columns} rowKey={(row) => row.person} caption={t("rosters.people")} />
      )}
      {looking.data?.next && (
        <Button variant="default" loading={looking.isPending} onClick={() => looking.mutate(looking.data.next)}>
          {t("rosters.more")}
        </Button>
      )}
    </Stack>
  );
}
