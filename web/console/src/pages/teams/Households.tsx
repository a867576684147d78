// The households of a team: who lives there, who has declared today, yes or no; what is removed can be put back.
import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { addHousehold, addMember, changeHousehold, changeMember, useHouseholds, type WhichHouseholds } from "../../api/teams";
import type { Household, NewHouseholdMember } from "../../api/types";
import { DataTable, type Column } from "../../parts/DataTable";
import { Dialog } from "../../parts/Dialog";
import { Choice } from "../../parts/FilterBar";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useSentOnce } from "../../parts/useSentOnce";
import { showDay } from "../../logic/moments";

interface Removed {
  name: string;
  back: () => Promise<unknown>;
}

export function Households({ team, onChanged }: { team: string; onChanged: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const [which, setWhich] = useState<Exclude<WhichHouseholds, "all">>();
  const [editing, setEditing] = useState<Household>();
  const [adding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Removed>();
  const list = useHouseholds(team, which ?? "all");
  const changing = useMutation({ mutationFn: (work: () => Promise<unknown>) => work(), onSuccess: onChanged });
  const remove = (gone: Removed, work: () => Promise<unknown>) =>
    changing.mutate(work, {
      onSuccess: () => {
        setEditing(undefined);
        setRemoved(gone);
      },
    });
  const columns: Column<Household>[] = [
    { key: "number", head: t("teams.number"), lead: true, cell: (row) => row.number },
    {
      key: "members",
      head: t("teams.members"),
      grow: true,
      cell: (row) => (
        <ul style={{ margin: 0, paddingInlineStart: "1.1em" }}>
          {row.members.map((each) => (
            <li key={each.id}>
              {each.name} <span className="quiet">{each.birthYear}</span>
              {each.head && <span className="quiet"> · {t("teams.head")}</span>} · {t(each.declared ? "teams.done" : "teams.notDone")}
            </li>
          ))}
        </ul>
      ),
    },
    { key: "address", head: t("teams.address"), cell: (row) => row.address },
    { key: "today", head: t("teams.today"), cell: (row) => t(`teams.states.${row.state}`) },
    { key: "last", head: t("teams.lastReached"), cell: (row) => (row.lastReached ? showDay(row.lastReached) : t("teams.never")) },
    {
      key: "change",
      head: t("teams.change"),
      silent: true,
      cell: (row) => (
        <Group gap="xs" wrap="nowrap">
          <Button size="xs" variant="default" onClick={() => setEditing(row)}>
            {t("teams.change")}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={`${t("teams.remove")} ${row.number}`}
            onClick={() =>
              remove({ name: `${t("teams.number")} ${row.number}`, back: () => changeHousehold(team, row.id, { removed: false }) }, () =>
                changeHousehold(team, row.id, { removed: true }),
              )
            }
          >
            {t("teams.remove")}
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <Panel
      title={t("teams.list")}
      actions={
        <Button variant="default" onClick={() => setAdding(true)}>
          {t("teams.addHousehold")}
        </Button>
      }
    >
      <Stack gap="sm" mb="sm" align="start">
        <LoggedNote>{t("teams.logged")}</LoggedNote>
        <Choice
          label={t("teams.list")}
          value={which}
          options={(["missed", "neverReached"] as const).map((value) => ({ value, label: t(`teams.which.${value}`) }))}
          onChange={setWhich}
        />
      </Stack>
      {removed && (
        <Alert role="status" mb="sm">
          {t("teams.removed", { name: removed.name })}{" "}
          <Button size="xs" variant="default" onClick={() => changing.mutate(removed.back, { onSuccess: () => setRemoved(undefined) })}>
            {t("teams.undo")}
          </Button>
        </Alert>
      )}
      <ProblemNote error={changing.error} />
      <ListFrame list={list} empty={<Empty bare title={t("teams.noHouseholds")} />}>
        {(rows) => <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} caption={t("teams.list")} stale={list.stale} />}
      </ListFrame>
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t("teams.addHousehold")}>
        <NewOne
          team={team}
          onDone={() => {
            setAdding(false);
            void onChanged();
          }}
        />
      </Dialog>
      <Dialog opened={editing !== undefined} onClose={() => setEditing(undefined)} title={editing ? `${t("teams.number")} ${editing.number}` : ""}>
        {editing && (
          <Change
            team={team}
            household={editing}
            onDone={() => {
              setEditing(undefined);
              void onChanged();
            }}
            onRemove={(member, name) =>
              remove({ name, back: () => changeMember(team, editing.id, member, { removed: false }) }, () => changeMember(team, editing.id, member, { removed: true }))
            }
          />
        )}
      </Dialog>
    </Panel>
  );
}

/** Name and birth year; nothing when they are not both there. */
function usePerson() {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [year, setYear] = useState("");
  const born = Number(year);
  return {
    person: name.trim() && Number.isInteger(born) && born > 0 ? { name: name.trim(), birthYear: born } : undefined,
    fields: (label: string) => (
      <Group align="start" grow>
        <TextInput label={label} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={120} />
        <TextInput label={t("teams.birthYear")} inputMode="numeric" value={year} onChange={(event) => setYear(event.currentTarget.value)} maxLength={4} />
      </Group>
    ),
  };
}

function NewOne({ team, onDone }: { team: string; onDone: () => void }) {
  const { t } = useTranslation();
  const [number, setNumber] = useState("");
  const [address, setAddress] = useState("");
  const { person, fields } = usePerson();
  const adding = useMutation({
    mutationFn: () => addHousehold(team, { number: number.trim(), address: address.trim(), members: [{ ...person!, head: true }] }),
    onSuccess: () => {
      say(t("teams.added"));
      onDone();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (person) adding.mutate();
      }}
    >
      <TextInput label={t("teams.number")} value={number} onChange={(event) => setNumber(event.currentTarget.value)} maxLength={40} error={fieldText(t, adding.error, "/number")} />
      <TextInput label={t("teams.address")} value={address} onChange={(event) => setAddress(event.currentTarget.value)} maxLength={200} error={fieldText(t, adding.error, "/address")} />
      {fields(t("teams.headName"))}
      <ProblemNote error={adding.error} />
      <Group justify="flex-end" mt="sm">
        <Button type="submit" disabled={!number.trim() || !address.trim() || !person} loading={adding.isPending}>
          {t("teams.addHousehold")}
        </Button>
      </Group>
    </form>
  );
}

interface ChangeProps {
  team: string;
  household: Household;
  onDone: () => void;
  onRemove: (member: string, name: string) => void;
}

function Change({ team, household, onDone, onRemove }: ChangeProps) {
  const { t } = useTranslation();
  const [number, setNumber] = useState(household.number);
  const [address, setAddress] = useState(household.address);
  const { person, fields } = usePerson();
  const add = useSentOnce((member: NewHouseholdMember, key) => addMember(team, household.id, member, key));
  const saving = useMutation({
    mutationFn: async () => {
      if (number.trim() !== household.number || address.trim() !== household.address)
        await changeHousehold(team, household.id, { number: number.trim(), address: address.trim() });
      if (person) await add({ ...person, head: false });
    },
    onSuccess: onDone,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <TextInput label={t("teams.number")} value={number} onChange={(event) => setNumber(event.currentTarget.value)} maxLength={40} />
      <TextInput label={t("teams.address")} value={address} onChange={(event) => setAddress(event.currentTarget.value)} maxLength={200} />
      <ul>
        {household.members.map((each) => (
          <li key={each.id}>
            {each.name} <span className="quiet">{each.birthYear}</span>{" "}
            <Button size="compact-xs" variant="subtle" aria-label={`${t("teams.remove")} ${each.name}`} onClick={() => onRemove(each.id, each.name)}>
              {t("teams.remove")}
            </Button>
          </li>
        ))}
      </ul>
      <p className="quiet">{t("teams.addMember")}</p>
      {fields(t("teams.memberName"))}
      <ProblemNote error={saving.error} />
      <Group justify="flex-end" mt="sm">
        <Button type="submit" loading={saving.isPending}>
          {t("common.save")}
        </Button>
      </Group>
    </form>
  );
}
