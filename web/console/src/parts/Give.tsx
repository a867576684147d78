// Giving work to a colleague or a team, many at once, and undoing it; the same bar above every work list.
import { Button, Group, Select, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { IconUserShare } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { colleaguesQuery, givenAtOnce, officerTeamsQuery, type Hand } from "../api/staff";
import type { Assignee } from "../api/types";
import { handOf, putBack } from "../logic/giving";
import { Badge } from "./Badges";
import { Dialog } from "./Dialog";
import { ProblemNote } from "./ProblemNote";
import { When } from "./When";
import styles from "./Give.module.css";

interface Work {
  id: string;
  unit: string;
  assignee?: Assignee | undefined;
}

type WhyNot = "unknown" | "ended" | "notTheirs";

interface Given {
  items: readonly { id: string }[];
  refused: readonly { why: WhyNot }[];
}

interface Props {
  room: "tasks" | "follow-ups";
  /** What is marked. */
  chosen: readonly Work[];
  give: (ids: string[], to: Hand) => Promise<Given>;
  onGiven: () => void;
}

export function Give({ room, chosen, give, onGiven }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<{ before: Work[]; refused: Given["refused"] }>();
  const settle = () => client.invalidateQueries({ queryKey: [room] });
  const giving = useMutation({
    mutationFn: async (to: Hand) => {
      const rows = chosen.slice(0, givenAtOnce);
      const given = await give(rows.map((row) => row.id), to);
      const changed = new Set(given.items.map((item) => item.id));
      return { before: rows.filter((row) => changed.has(row.id)), refused: given.refused };
    },
    onSuccess: (result) => {
      setDone(result);
      setAsking(false);
      onGiven();
    },
    onSettled: settle,
  });
  const undoing = useMutation({
    mutationFn: async (before: Work[]) => {
      for (const group of putBack(before)) await give(group.ids, group.to);
    },
    onSuccess: () => setDone(undefined),
    onSettled: settle,
  });
  const why = [...new Set(done?.refused.map((one) => one.why))];
  return (
    <>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconUserShare size={17} />}
        disabled={chosen.length === 0}
        onClick={() => {
          setDone(undefined);
          setAsking(true);
        }}
      >
        {t("staff.give", { count: chosen.length })}
      </Button>
      {done && (
        <p role="status" className={styles.done}>
          {t("staff.given", { count: done.before.length })} {done.refused.length > 0 && t("staff.notGiven", { count: done.refused.length })}{" "}
          {why.map((one) => t(`staff.whyNot.${one}`)).join(" ")}{" "}
          {done.before.length > 0 && (
            <Button size="xs" variant="default" loading={undoing.isPending} onClick={() => undoing.mutate(done.before)}>
              {t("staff.undo")}
            </Button>
          )}
        </p>
      )}
      <ProblemNote error={undoing.error} />
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t("staff.give", { count: chosen.length })}>
        <Choice unit={chosen[0]?.unit ?? ""} busy={giving.isPending} error={giving.error} onChoose={giving.mutate} onClose={() => setAsking(false)} />
      </Dialog>
    </>
  );
}

interface ChoiceProps {
  unit: string;
  busy: boolean;
  error: unknown;
  onChoose: (to: Hand) => void;
  onClose: () => void;
}

function Choice({ unit, busy, error, onChoose, onClose }: ChoiceProps) {
  const { t } = useTranslation();
  const colleagues = useQuery(colleaguesQuery(unit));
  const teams = useQuery(officerTeamsQuery);
  const [to, setTo] = useState<string | null>(null);
  const working = (teams.data ?? []).filter((team) => !team.ended);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (to) onChoose(handOf(to));
      }}
    >
      <Stack>
        <Select
          label={t("staff.to")}
          searchable
          value={to}
          onChange={setTo}
          data={[
            { group: t("staff.teams"), items: working.map((team) => ({ value: `team ${team.id}`, label: team.name })) },
            { group: t("staff.colleagues"), items: (colleagues.data ?? []).map((one) => ({ value: `officer ${one.id}`, label: one.name })) },
            { group: t("staff.takenBack"), items: [{ value: "nobody", label: t("staff.nobody") }] },
          ]}
        />
        <ProblemNote error={error ?? colleagues.error ?? teams.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!to} loading={busy}>
            {t("staff.giveNow")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Whose it is, or whose it was until their account or team ended. */
export function Whose({ of }: { of: { assignee?: Assignee | undefined; lost?: { name: string } | undefined } }) {
  const { t } = useTranslation();
  const { assignee, lost } = of;
  if (assignee) return <small>{[assignee.name, assignee.teamName].filter(Boolean).join(" · ")}</small>;
  return lost ? <Badge tone="lacquer">{t("staff.lost", { name: lost.name })}</Badge> : null;
}

/** The same with who gave it and when, on a page of its own. */
export function WhoseLong({ of }: { of: { assignee?: Assignee | undefined; lost?: { name: string; at: string } | undefined } }) {
  const { t } = useTranslation();
  const { assignee, lost } = of;
  if (!assignee)
    return (
      <span>
        {t("staff.nobodys")}
        {lost && (
          <>
            {" "}
            · {t("staff.lost", { name: lost.name })} <When at={lost.at} />
          </>
        )}
      </span>
    );
  return (
    <span>
      {t("staff.of", { name: [assignee.name, assignee.teamName].filter(Boolean).join(" · ") })}
      {assignee.givenBy && ` · ${t("staff.givenBy", { name: assignee.givenBy })}`} {assignee.at && <When at={assignee.at} />}
    </span>
  );
}

interface TeamFilterProps {
  team: string | undefined;
  onChange: (team: string | undefined) => void;
}

/** The filter of a list by team; absent while there are none. */
export function TeamFilter({ team, onChange }: TeamFilterProps) {
  const { t } = useTranslation();
  const teams = useQuery(officerTeamsQuery).data ?? [];
  if (teams.length === 0) return null;
  return (
    <Select
      aria-label={t("staff.team")}
      placeholder={t("staff.team")}
      clearable
      w={190}
      value={team ?? null}
      data={teams.map((one) => ({ value: one.id, label: one.name }))}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
