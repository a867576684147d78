// One site: rooms and beds, who lies where, the roll-call, and who left. Opening it is logged for everybody shown.
import { Button, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { noteAnswers, useWaitingAnswers } from "../../api/roll-calls";
import { addRoom, awaitedQuery, leaveSite, lodge, siteQuery } from "../../api/sites";
import type { Occupant, Site } from "../../api/types";
import { showDay } from "../../logic/moments";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { When } from "../../parts/When";
import { IntakePanel } from "./IntakePanel";
import { KeepersPanel } from "./KeepersPanel";
import { RollCallPanel } from "./RollCallPanel";
import { RoomExtend } from "./RoomExtend";
import { SiteLog } from "./SiteLog";
import { SiteNeeds } from "./SiteNeeds";

const route = getRouteApi("/office/orders/sites/$site");

export function SitePage() {
  const { site: id } = route.useParams();
  const { data, error, refetch } = useQuery(siteQuery(id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Loaded key={id} of={data} /> : <Loading />;
}

function Loaded({ of }: { of: Site }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const acting = useMutation({
    mutationFn: (act: () => Promise<Site>) => act(),
    onSuccess: (fresh) => {
      client.setQueryData(siteQuery(of.id).queryKey, fresh);
      void client.invalidateQueries({ queryKey: ["sites", "list"] });
    },
  });
  const act = (what: () => Promise<Site>) => acting.mutate(what);
  return (
    <>
      <PageHead
        title={of.name}
        back={<TextLink to="/orders/sites">{t("orders.sites.title")}</TextLink>}
        lead={
          <>
            {!of.kept && (
              <>
                <TextLink to="/orders/needs" search={{ site: of.id }}>
                  {t("orders.needs.title")}
                </TextLink>{" "}
                ·{" "}
              </>
            )}
            {t(`orders.place.${of.kind}`)} · {t(`orders.sites.owners.${of.owner}`)} · {of.address}, {of.unitName} · {t("orders.sites.full", { taken: of.taken, beds: of.beds })}
          </>
        }
      />
      <Stack gap="md">
        <ProblemNote error={acting.error} />
        <RollCallPanel of={of} busy={acting.isPending} onAct={act} />
        {of.rooms.length > 0 && !of.kept && <Lodge of={of} busy={acting.isPending} onAct={act} />}
        {of.rooms.length > 0 && <IntakePanel site={of} />}
        {of.rooms.map((room) => (
          <RoomPanel key={room.id} of={of} room={room} onAct={act} />
        ))}
        {of.kept && of.taken > 0 && <SiteNeeds of={of} />}
        <AddRoom key={of.rooms.length} of={of} busy={acting.isPending} onAct={act} />
        <SiteLog site={of.id} />
        {!of.kept && <KeepersPanel site={of.id} />}
        {of.gone.length > 0 && (
          <Panel title={t("orders.sites.gone")} tight>
            <ul>
              {of.gone.map((one) => (
                <li key={one.stay}>
                  {one.person.name}: <When at={one.entered} /> – {one.left && <When at={one.left} />}{" "}
                  <span className="quiet">{t("orders.sites.goneBy", { entered: one.enteredBy, left: one.leftBy })}</span>
                </li>
              ))}
            </ul>
          </Panel>
        )}
        <LoggedNote />
      </Stack>
    </>
  );
}

type Act = (what: () => Promise<Site>) => void;

function RoomPanel({ of, room, onAct }: { of: Site; room: Site["rooms"][number]; onAct: Act }) {
  const { t } = useTranslation();
  const waiting = useWaitingAnswers(of.id).filter((entry) => !entry.refused);
  const noted = new Map(waiting.flatMap(({ body }) => body.answers.map((one) => [one.stay, one.present] as const)));
  const call = of.rollCall && !of.rollCall.closed ? of.rollCall.id : undefined;
  const noting = useMutation({ mutationFn: ({ stays, present }: { stays: string[]; present: boolean }) => (call ? noteAnswers(of.id, call, stays, present) : Promise.resolve()) });
  const left = room.people.filter((one) => one.waitsForCall && !noted.has(one.stay)).map((one) => one.stay);
  return (
    <Panel title={t("orders.sites.room", { name: room.name, taken: room.people.length, beds: room.beds })} tight>
      <ProblemNote error={noting.error} />
      {room.people.length === 0 ? (
        <Empty bare title={t("orders.sites.roomEmpty")} />
      ) : (
        <People rows={room.people} name={room.name} kept={of.kept} noted={noted} onAct={onAct} onNote={call ? (stay, present) => noting.mutate({ stays: [stay], present }) : undefined} />
      )}
      {!of.kept && <RoomExtend site={of.id} room={room} />}
      {call && left.length > 1 && (
        <Button variant="default" aria-label={`${t("orders.sites.allPresent")}: ${room.name}`} onClick={() => noting.mutate({ stays: left, present: true })}>
          {t("orders.sites.allPresent")}
        </Button>
      )}
    </Panel>
  );
}

interface PeopleProps {
  rows: Occupant[];
  name: string;
  /** By who reads it: there is no order to open, and year of birth and sex tell one from another. */
  kept: boolean;
  /** What was answered and is not with the server yet. */
  noted: ReadonlyMap<string, boolean>;
  onAct: Act;
  /** While a roll-call goes on. */
  onNote: ((stay: string, present: boolean) => void) | undefined;
}

function People({ rows, name, kept, noted, onAct, onNote }: PeopleProps) {
  const { t } = useTranslation();
  const said = (present: boolean) => t(present ? "orders.sites.present" : "orders.sites.absent");
  const columns: Column<Occupant>[] = [
    { key: "bed", head: t("orders.sites.bed"), cell: (row) => <span className="number">{row.bed}</span> },
    {
      key: "person",
      head: t("orders.person"),
      lead: true,
      grow: true,
      cell: (row) =>
        kept ? (
          <>
            {row.person.name}{" "}
            <span className="quiet">{[row.person.birthYear > 0 && row.person.birthYear, row.person.sex !== "other" && t(`common.sex.${row.person.sex}`)].filter(Boolean).join(", ")}</span>
          </>
        ) : (
          <TextLink to="/orders/$order" params={{ order: row.order }} preload={false}>
            {row.person.name}
          </TextLink>
        ),
    },
    {
      key: "until",
      head: t("orders.lastDay"),
      cell: (row) => (
        <>
          <span className="number">{showDay(row.lastDay)}</span> {row.leaving && <Badge tone="bamboo">{t("orders.sites.leaving")}</Badge>}
          {row.orderState !== "running" && <Badge tone="turmeric">{t(`orders.state.${row.orderState}`)}</Badge>}
          {row.restart && <Badge tone="lacquer">{t("orders.sites.restart")}</Badge>}
          {row.waiting && <Badge tone="turmeric">{t("orders.waits", { step: t(`orders.step.${row.waiting}`) })}</Badge>}
        </>
      ),
    },
    { key: "entered", head: t("orders.sites.entered"), cell: (row) => <When at={row.entered} /> },
    {
      key: "roll",
      head: t("orders.sites.roll"),
      cell: (row) => {
        const waiting = noted.get(row.stay);
        if (waiting !== undefined) return t("orders.sites.noted", { said: said(waiting) });
        return (
          <>
            {row.roll && (
              <>
                {said(row.roll.present)} <When at={row.roll.at} />
              </>
            )}{" "}
            {row.uncalled && <Badge tone="turmeric">{t("orders.sites.uncalled")}</Badge>}
          </>
        );
      },
    },
    {
      key: "do",
      head: t("orders.sites.do"),
      silent: true,
      cell: (row) => (
        <Group gap={6} wrap="nowrap">
          {onNote &&
            [true, false].map((present) => (
              <Button key={String(present)} size="compact-sm" variant="default" aria-label={`${said(present)}: ${row.person.name}`} onClick={() => onNote(row.stay, present)}>
                {said(present)}
              </Button>
            ))}
          <Button size="compact-sm" variant="subtle" aria-label={`${t("orders.sites.leave")}: ${row.person.name}`} onClick={() => onAct(() => leaveSite(row.stay))}>
            {t("orders.sites.leave")}
          </Button>
        </Group>
      ),
    },
  ];
  return <DataTable rows={rows} columns={columns} rowKey={(row) => row.stay} caption={name} />;
}

/** Somebody whose running order names this site, or none but a place of this kind, gets a bed. Who waits for one is read by a tap alone. */
function Lodge({ of, busy, onAct }: { of: Site; busy: boolean; onAct: Act }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const awaited = useQuery({ ...awaitedQuery(of.id), enabled: asked });
  const lying = new Set(of.rooms.flatMap((room) => room.people.map((one) => one.order)));
  const waiting = (awaited.data?.items ?? []).filter((one) => !lying.has(one.order));
  const beds = of.rooms.flatMap((room) => {
    const taken = new Set(room.people.map((one) => one.bed));
    return Array.from({ length: room.beds }, (_, i) => i + 1)
      .filter((bed) => !taken.has(bed))
      .map((bed) => ({ value: `${room.id}/${bed}`, label: t("orders.sites.bedOf", { room: room.name, bed }) }));
  });
  const [order, setOrder] = useState<string | null>(null);
  const [bed, setBed] = useState<string | null>(null);
  const chosen = waiting.find((one) => one.order === order)?.order;
  const [room, number] = beds.some((one) => one.value === bed) ? (bed ?? "").split("/") : [];
  if (!awaited.data)
    return (
      <Panel title={t("orders.sites.lodge")} tight>
        <ProblemNote error={awaited.error} />
        <Button variant="default" onClick={() => (asked ? void awaited.refetch() : setAsked(true))} loading={awaited.isFetching}>
          {t("orders.sites.whoWaits")}
        </Button>
      </Panel>
    );
  return (
    <Panel title={t("orders.sites.lodge")} tight>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen && room && number) onAct(() => lodge(of.id, chosen, room, Number(number)));
        }}
      >
        <Group align="flex-end">
          <Select label={t("orders.person")} searchable data={waiting.map((one) => ({ value: one.order, label: `${one.person.name} · ${one.number}` }))} value={chosen ?? null} onChange={setOrder} nothingFoundMessage={t("orders.sites.nobodyWaits")} />
          <Select label={t("orders.sites.bed")} searchable data={beds} value={room ? bed : null} onChange={setBed} nothingFoundMessage={t("orders.sites.noBed")} />
          <Button type="submit" disabled={!chosen || !room} loading={busy}>
            {t("orders.sites.enter")}
          </Button>
        </Group>
      </form>
    </Panel>
  );
}

function AddRoom({ of, busy, onAct }: { of: Site; busy: boolean; onAct: Act }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [beds, setBeds] = useState<number | string>("");
  const size = typeof beds === "number" ? beds : undefined;
  return (
    <Panel title={t("orders.sites.addRoom")} tight>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() && size) onAct(() => addRoom(of.id, name.trim(), size));
        }}
      >
        <Group align="flex-end">
          <TextInput label={t("orders.sites.roomName")} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={60} />
          <NumberInput label={t("orders.sites.beds")} min={1} max={100} allowDecimal={false} value={beds} onChange={setBeds} w={110} />
          <Button type="submit" variant="default" disabled={!name.trim() || !size} loading={busy}>
            {t("orders.sites.addRoom")}
          </Button>
        </Group>
      </form>
    </Panel>
  );
}
