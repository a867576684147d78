// One roster, for the officer who heads it: how many have declared, who has not, and nothing of what they declared.
import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { closeRoster, inviteToRoster, remindRoster, renewRosterCode, rosterExport, rosterQuery } from "../../api/duties";
import { queryClient } from "../../api/query-client";
import type { Roster, RosterDuty } from "../../api/types";
import { showDay } from "../../logic/moments";
import { DataTable, type Column } from "../../parts/DataTable";
import { Dialog } from "../../parts/Dialog";
import { TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useLanguage } from "../../parts/When";
import { Members } from "./Members";

const route = getRouteApi("/office/declarations/rosters/$roster");
const changed = () => queryClient.invalidateQueries({ queryKey: ["duties"] });

export function RosterPage() {
  const { roster: id } = route.useParams();
  const { t } = useTranslation();
  const roster = useQuery(rosterQuery(id));
  if (barring(roster)) return <ProblemNote error={roster.error} retry={() => void roster.refetch()} />;
  if (!roster.data) return <Loading />;
  const { name, sector, unitName, members, duties } = roster.data;
  return (
    <>
      <PageHead
        title={name}
        lead={`${unitName} · ${t(`duties.sectors.${sector}`)} · ${t("duties.members")}: ${members}`}
        back={<TextLink to="/declarations/rosters">{t("rosters.title")}</TextLink>}
      >
        <Close id={id} />
      </PageHead>
      <Stack>
        {duties.length === 0 && <Alert color="turmeric">{t("rosters.noDuty")}</Alert>}
        {duties.map((duty) => (
          <Duty key={duty.rule} id={id} duty={duty} />
        ))}
        <Code roster={roster.data} />
        <Invite roster={roster.data} />
      </Stack>
    </>
  );
}

function Duty({ id, duty }: { id: string; duty: RosterDuty }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { declared, members } = duty.today;
  const reminding = useMutation({
    mutationFn: () => remindRoster(id, duty.rule),
    onSuccess: ({ reminded }) => say(t("rosters.reminded", { count: reminded })),
  });
  const columns: Column<RosterDuty["today"]>[] = [
    { key: "day", head: t("rosters.day"), lead: true, grow: true, cell: (row) => showDay(row.day) },
    { key: "declared", head: t("rosters.did"), align: "right", cell: (row) => t("rosters.count", { declared: row.declared, members: row.members }) },
  ];
  return (
    <Panel title={duty.title[language] ?? duty.rule}>
      <Stack>
        <Text fw={600}>
          {t("rosters.today")}: {t("rosters.count", { declared, members })}
        </Text>
        <Group>
          <Button disabled={declared === members} loading={reminding.isPending} onClick={() => reminding.mutate()}>
            {t("rosters.remind")}
          </Button>
          <span className="quiet">{t("rosters.remindText")}</span>
        </Group>
        <ProblemNote error={reminding.error} />
        <DataTable rows={[...duty.strip].reverse()} columns={columns} rowKey={(row) => row.day} caption={t("rosters.strip")} />
        <Members id={id} duty={duty} onChanged={() => void changed()} />
        <TakeOut id={id} rule={duty.rule} />
      </Stack>
    </Panel>
  );
}

function TakeOut({ id, rule }: { id: string; rule: string }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const taking = useMutation({ mutationFn: () => rosterExport(id, rule, reason.trim()) });
  return (
    <details>
      <summary>{t("rosters.export")}</summary>
      <Stack gap="xs" mt="xs">
        <p className="quiet">{t("rosters.exportText")}</p>
        <Group align="end">
          <TextInput label={t("common.reason")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} maxLength={200} />
          {reason.trim() && (
            <Button variant="default" onClick={() => taking.mutate()} loading={taking.isPending}>
              {t("rosters.download")}
            </Button>
          )}
        </Group>
        <ProblemNote error={taking.error} />
      </Stack>
    </details>
  );
}

function Code({ roster: { id, code, svg } }: { roster: Roster }) {
  const { t } = useTranslation();
  const renewing = useMutation({ mutationFn: () => renewRosterCode(id), onSuccess: changed });
  return (
    <Panel title={t("rosters.code")}>
      <Stack align="flex-start">
        <p>{t("rosters.codeText")}</p>
        <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={t("rosters.qr")} width={208} height={208} />
        <Text fw={600} fz="lg">
          {code}
        </Text>
        <ProblemNote error={renewing.error} />
        <Button variant="default" loading={renewing.isPending} onClick={() => renewing.mutate()}>
          {t("rosters.newCode")}
        </Button>
      </Stack>
    </Panel>
  );
}

function Invite({ roster: { id, invitations } }: { roster: Roster }) {
  const { t } = useTranslation();
  const [phone, setPhone] = useState("");
  const inviting = useMutation({
    mutationFn: (typed: string) => inviteToRoster(id, typed),
    onSuccess: async () => {
      setPhone("");
      await changed();
    },
  });
  return (
    <Panel title={t("rosters.invite")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (phone.trim()) inviting.mutate(phone.trim());
        }}
      >
        <Stack>
          <p>{t("rosters.inviteText")}</p>
          <Group align="end">
            <TextInput
              label={t("rosters.phone")}
              type="tel"
              autoComplete="off"
              value={phone}
              onChange={(event) => setPhone(event.currentTarget.value)}
              error={fieldText(t, inviting.error, "/phone")}
            />
            <Button type="submit" disabled={!phone.trim()} loading={inviting.isPending}>
              {t("rosters.inviteSend")}
            </Button>
          </Group>
          <ProblemNote error={inviting.error} />
          {inviting.isSuccess && (
            <Alert color="green" role="status">
              {t("rosters.inviteSent")}
            </Alert>
          )}
          {invitations > 0 && <span className="quiet">{t("rosters.waiting", { count: invitations })}</span>}
        </Stack>
      </form>
    </Panel>
  );
}

function Close({ id }: { id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const closing = useMutation({
    mutationFn: () => closeRoster(id),
    onSuccess: async () => {
      await navigate({ to: "/declarations/rosters" });
      say(t("rosters.closed"));
      await changed();
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => setSure(true)}>
        {t("rosters.close")}
      </Button>
      <Dialog opened={sure} onClose={() => setSure(false)} title={t("rosters.close")}>
        <Stack>
          <p>{t("rosters.closeText")}</p>
          <ProblemNote error={closing.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setSure(false)}>
              {t("common.cancel")}
            </Button>
            <Button color="lacquer" loading={closing.isPending} onClick={() => closing.mutate()}>
              {t("rosters.closeSure")}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  );
}
