// Who is on a roster, and whether they declared on a day: shown only when asked for, because every look is logged.
import { Button, Group, Select, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { rosterMembers, takeOffRoster } from "../../api/duties";
import type { RosterDuty, RosterMember } from "../../api/types";
import { showDay } from "../../logic/moments";
import { DataTable, type Column } from "../../parts/DataTable";
import { Dialog } from "../../parts/Dialog";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";

type Which = "not" | "did" | "all";
const all: readonly Which[] = ["not", "did", "all"];

type Page = Pick<Awaited<ReturnType<typeof rosterMembers>>, "items" | "next">;

export function Members({ id, duty, onChanged }: { id: string; duty: RosterDuty; onChanged: () => void }) {
  const { t } = useTranslation();
  const [day, setDay] = useState(duty.today.day);
  const [which, setWhich] = useState<Which>("not");
  const [shown, setShown] = useState<Page>();
  const [leaving, setLeaving] = useState<RosterMember>();
  const looking = useMutation({
    mutationFn: (cursor: string | undefined) =>
      rosterMembers(id, { rule: duty.rule, day, cursor, ...(which === "all" ? {} : { declared: which === "did" }) }),
  });
  /** The first page, or the next one below what is shown. */
  const look = (before?: Page) =>
    looking.mutate(before?.next, { onSuccess: (page) => setShown({ ...page, items: [...(before?.items ?? []), ...page.items] }) });
  const forget = () => {
    looking.reset(); // an answer about another day is not shown
    setShown(undefined);
  };
  const removing = useMutation({
    mutationFn: (person: string) => takeOffRoster(id, person),
    onSuccess: (_, person) => {
      say(t("rosters.removed"));
      setLeaving(undefined);
      setShown((now) => now && { ...now, items: now.items.filter((one) => one.person !== person) });
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
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            removing.reset();
            setLeaving(row);
          }}
        >
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
            forget();
          }}
          allowDeselect={false}
        />
        <Select
          label={t("rosters.which")}
          data={all.map((value) => ({ value, label: t(`rosters.${value}`) }))}
          value={which}
          onChange={(value) => {
            setWhich(all.find((one) => one === value) ?? "not");
            forget();
          }}
          allowDeselect={false}
        />
        <Button variant="default" loading={looking.isPending} onClick={() => look()}>
          {t("rosters.show")}
        </Button>
      </Group>
      <ProblemNote error={looking.error} />
      {shown?.items.length === 0 && <p role="status">{t("rosters.nobody")}</p>}
      {shown && shown.items.length > 0 && <DataTable rows={shown.items} columns={columns} rowKey={(row) => row.person} caption={t("rosters.people")} />}
      {shown?.next && (
        <Button variant="default" loading={looking.isPending} onClick={() => look(shown)}>
          {t("rosters.more")}
        </Button>
      )}
      <Dialog opened={leaving !== undefined} onClose={() => setLeaving(undefined)} title={t("rosters.removeTitle", { name: leaving?.name ?? "" })}>
        <Stack>
          <p>{t("rosters.removeText")}</p>
          <ProblemNote error={removing.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setLeaving(undefined)}>
              {t("common.cancel")}
            </Button>
            <Button color="lacquer" loading={removing.isPending} onClick={() => leaving && removing.mutate(leaving.person)}>
              {t("rosters.remove")}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </Stack>
  );
}
