// One team, at its station: coverage, volunteers, households, and a list of households brought in bulk.
import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { changeTeam, sendHouseholdList, teamQuery } from "../../api/teams";
import type { Coverage, Team, TeamChange } from "../../api/types";
import { showDay } from "../../logic/moments";
import { DataTable, type Column } from "../../parts/DataTable";
import { Fact, Facts } from "../../parts/Facts";
import { TextLink } from "../../parts/links";
import { ListForm, type ListFile } from "../../parts/ListForm";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { RefusedLines } from "../../parts/RefusedLines";
import { say } from "../../parts/Toasts";
import { useEdit } from "../../parts/useEdit";
import { useFormName } from "../../parts/useNames";
import { Households } from "./Households";
import { Volunteers } from "./Volunteers";

const route = getRouteApi("/office/declarations/teams/$team");

export function TeamPage() {
  const { team: id } = route.useParams();
  const client = useQueryClient();
  const seen = useQuery(teamQuery(id));
  const changed = () => client.invalidateQueries({ queryKey: ["teams"] });
  if (barring(seen)) return <ProblemNote error={seen.error} retry={() => void seen.refetch()} />;
  if (!seen.data) return <Loading />;
  const { team, volunteers, strip } = seen.data;
  return (
    <>
      <Head team={team} onChanged={() => void changed()} />
      <Stack>
        <Strip rows={strip} />
        <Volunteers team={id} rows={volunteers} onChanged={() => void changed()} />
        <Households team={id} onChanged={changed} />
        <Bring team={id} onDone={() => void changed()} />
      </Stack>
    </>
  );
}

function Head({ team, onChanged }: { team: Team; onChanged: () => void }) {
  const { t } = useTranslation();
  const form = useFormName();
  const [name, setName] = useState<string>();
  const edit = useEdit<Team, TeamChange>({
    save: (change, version) => changeTeam(team.id, version, change),
    compare: (change, current) => [{ name: t("teams.name"), mine: change.name ?? team.name, theirs: current.name }],
    onSaved: (_, change) => {
      if (change.name) say(t("teams.renamed"));
      setName(undefined);
      onChanged();
    },
    onKept: onChanged,
  });
  return (
    <>
      <PageHead
        title={team.name}
        back={<TextLink to="/declarations/teams">{t("teams.title")}</TextLink>}
        lead={
          <Facts narrow>
            <Fact name={t("common.unit")}>{team.unitName}</Fact>
            <Fact name={t("teams.state")}>{t(team.closed ? "teams.closedNow" : team.working ? "teams.working" : "teams.notWorking")}</Fact>
            <Fact name={t("teams.form")}>{form(team.form)}</Fact>
            <Fact name={t("teams.until")}>{showDay(team.until)}</Fact>
            <Fact name={t("teams.basis")}>{team.basis}</Fact>
            <Fact name={t("teams.neverReached")}>{team.neverReached}</Fact>
          </Facts>
        }
      >
        <Button variant="default" onClick={() => setName(team.name)}>
          {t("teams.rename")}
        </Button>
        <Button variant="default" loading={edit.busy} onClick={() => edit.save({ closed: !team.closed }, team.version)}>
          {t(team.closed ? "teams.reopen" : "teams.close")}
        </Button>
      </PageHead>
      {name !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            edit.save({ name: name.trim() }, team.version);
          }}
        >
          <Group align="end" gap="xs" mb="md">
            <TextInput label={t("teams.name")} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={120} />
            <Button type="submit" disabled={!name.trim()} loading={edit.busy}>
              {t("teams.rename")}
            </Button>
          </Group>
        </form>
      )}
      <ProblemNote error={edit.error} />
      {edit.dialog}
    </>
  );
}

function Strip({ rows }: { rows: readonly Coverage[] }) {
  const { t } = useTranslation();
  const columns: Column<Coverage>[] = [
    { key: "day", head: t("teams.day"), lead: true, grow: true, cell: (row) => showDay(row.day) },
    { key: "reached", head: t("teams.states.reached"), align: "right", cell: (row) => `${row.reached}/${row.households}` },
    { key: "away", head: t("teams.notAtHome"), align: "right", cell: (row) => row.notAtHome },
    { key: "refused", head: t("teams.refused"), align: "right", cell: (row) => row.refused },
    { key: "not", head: t("teams.notVisited"), align: "right", cell: (row) => row.notVisited },
    { key: "declared", head: t("teams.declaredThen"), align: "right", cell: (row) => (row.members === undefined ? t("teams.tooFew") : `${row.declared}/${row.members}`) },
  ];
  return (
    <Panel title={t("teams.strip")}>
      <DataTable rows={[...rows].reverse()} columns={columns} rowKey={(row) => row.day} caption={t("teams.strip")} />
    </Panel>
  );
}

function Bring({ team, onDone }: { team: string; onDone: () => void }) {
  const { t } = useTranslation();
  const sending = useMutation({ mutationFn: (file: ListFile) => sendHouseholdList(team, file), onSuccess: onDone });
  const columns = {
    household: t("teams.number"),
    address: t("teams.address"),
    name: t("teams.memberName"),
    birthYear: t("teams.birthYear"),
    sex: t("teams.sex"),
    phone: t("teams.phone"),
    paper: t("teams.paper"),
  };
  const report = sending.data;
  return (
    <>
      <Panel title={t("teams.import")}>
        <p>
          {t("teams.format")}: <code>household,address,name,birthYear,sex,head,phone,paper</code>
        </p>
        <p className="quiet">{t("teams.formatText")}</p>
      </Panel>
      <ListForm about={team} ready sending={sending} />
      {report && (
        <Alert color={report.refused > 0 ? "yellow" : "green"} role="status">
          {t("teams.told", { taken: report.taken, changed: report.changed, same: report.same, refused: report.refused })}
        </Alert>
      )}
      {report && <RefusedLines lines={report.lines} columns={columns} own={{ head: t("teams.number"), of: (line) => line.household }} />}
    </>
  );
}
