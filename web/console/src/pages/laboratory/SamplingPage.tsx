// A sampling session: a tube, a person, the next; what is in which tube; off to the laboratory.
import { ApiError } from "@luytre/shared/api";
import { Button, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { closeSampling, laboratoriesQuery, removeSample, samplingQuery, sendTubes, takeSample, useTubes } from "../../api/laboratory";
import type { NewSample, Sampling, SampledTube } from "../../api/types";
import { parsePersonQuery } from "../../logic/person-query";
import { sortRead, sortScan, whatIsScanned } from "../../logic/tube-scan";
import { DataTable, type Column } from "../../parts/DataTable";
import { Fact, Facts } from "../../parts/Facts";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { PersonFinder } from "../../parts/PersonFinder";
import { barring, fieldText, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";
import { Scanner } from "../../parts/Scanner";
import { say } from "../../parts/Toasts";
import { useDiseaseName, useSpecimenName } from "../../parts/useNames";
import { useSentOnce } from "../../parts/useSentOnce";
import { When } from "../../parts/When";
import { Results } from "./Results";
import { useWanted } from "./Wanted";

const route = getRouteApi("/office/laboratory/sessions/$session");

export function SamplingPage() {
  const { t } = useTranslation();
  const { session: id } = route.useParams();
  const client = useQueryClient();
  const disease = useDiseaseName();
  const specimen = useSpecimenName();
  const seen = useQuery(samplingQuery(id));
  const changed = () => client.invalidateQueries({ queryKey: ["laboratory"] });
  // A sample does a day of testing; the follow-up, of which each read is logged, is read anew once it is opened.
  const sampled = () => {
    void changed();
    void client.invalidateQueries({ queryKey: ["follow-ups", "one"], refetchType: "none" });
  };
  const closing = useMutation({ mutationFn: () => closeSampling(id), onSuccess: changed });
  if (barring(seen)) return <ProblemNote error={seen.error} retry={() => void seen.refetch()} />;
  if (!seen.data) return <Loading />;
  const session = seen.data;
  return (
    <>
      <PageHead
        title={session.place?.name ?? session.site ?? session.unitName}
        back={<TextLink to="/laboratory">{t("shell.section.laboratory")}</TextLink>}
        lead={
          <Facts narrow>
            <Fact name={t("common.unit")}>{session.unitName}</Fact>
            <Fact name={t("cases.disease")}>{disease(session.disease)}</Fact>
            <Fact name={t("laboratory.specimenHead")}>{specimen(session.disease, session.specimen)}</Fact>
            <Fact name={t("laboratory.pool")}>{session.poolMost}</Fact>
            <Fact name={t("laboratory.tubes")}>{session.tubes}</Fact>
            <Fact name={t("laboratory.persons")}>{session.persons}</Fact>
          </Facts>
        }
      >
        {!session.closedAt && (
          <Button variant="default" loading={closing.isPending} onClick={() => closing.mutate()}>
            {t("laboratory.close")}
          </Button>
        )}
      </PageHead>
      <ProblemNote error={closing.error} />
      <Stack>
        {session.closedAt ? <p>{t("laboratory.closedNow")}</p> : <Take session={session} onTaken={sampled} />}
        {session.unsent > 0 && <Send session={session} onSent={() => void changed()} />}
        <Tubes session={session} onChanged={sampled} />
      </Stack>
    </>
  );
}

const ofTube = (error: unknown) => error instanceof ApiError && (error.code === "tube_taken" || error.code === "pool_full" || error.field("/tube") !== undefined);

function Take({ session, onTaken }: { session: Sampling; onTaken: () => void }) {
  const { t } = useTranslation();
  const [tube, setTube] = useState("");
  const [code, setCode] = useState("");
  const [looking, setLooking] = useState<{ begin?: string }>();
  const [word, setWord] = useState("");
  const byCamera = useRef(false); // else a keyboard would open over its picture
  const navigate = useNavigate();
  const { data: wanted, error: unread } = useWanted(route.useSearch());
  const tubeBox = useRef<HTMLInputElement>(null);
  const codeBox = useRef<HTMLInputElement>(null);
  const send = useSentOnce((body: NewSample, key) => takeSample(session.id, body, key));
  const taking = useMutation({
    mutationFn: send,
    onSuccess: (taken) => {
      const last = taken.samples.at(-1);
      say(t("laboratory.taken", { name: last?.person.name ?? "", tube: taken.code, count: taken.samples.length }));
      setCode("");
      setLooking(undefined);
      setWord("");
      if (wanted && last?.person.id === wanted.person.id) void navigate({ to: "/laboratory/sessions/$session", params: { session: session.id }, search: {}, replace: true });
      const full = taken.samples.length >= session.poolMost;
      if (full) setTube("");
      if (!byCamera.current) (full ? tubeBox : codeBox).current?.focus();
      onTaken();
    },
    // The next scan takes the place of what was refused.
    onError: (error) => {
      setWord("");
      if (byCamera.current) return;
      const box = ofTube(error) ? tubeBox.current : codeBox.current;
      if (document.activeElement === tubeBox.current || document.activeElement === codeBox.current) box?.focus();
      box?.select();
    },
  });
  const take = (who: { person: string }) => {
    byCamera.current = false;
    if (tube.trim() && !taking.isPending) taking.mutate({ tube: tube.trim(), ...who });
  };
  const read = (text: string) => {
    if (taking.isPending) return;
    byCamera.current = true;
    const what = whatIsScanned(text);
    if (what === "other") {
      const known = parsePersonQuery(text) !== undefined;
      if (known) {
        setCode("");
        setLooking({ begin: text });
      }
      setWord(t(known ? "laboratory.read.paper" : "laboratory.read.other"));
      return;
    }
    const refused = ofTube(taking.error) && taking.variables?.tube === tube.trim();
    const next = sortRead(refused ? "" : tube, code, text);
    setTube(next.tube);
    setCode(next.code);
    if (next.tube && next.code) {
      setWord(t("laboratory.read.both", { tube: next.tube }));
      taking.mutate(next);
    } else setWord(t(`laboratory.read.${what}`, { tube: next.tube }));
  };
  return (
    <Panel title={t("laboratory.take")}>
      <p className="quiet">{t(session.poolMost > 1 ? "laboratory.takePool" : "laboratory.takeSingle", { count: session.poolMost })}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // A handheld reader ends each code with Enter.
          if (taking.isPending) return;
          byCamera.current = false;
          setWord("");
          const scanned = sortScan(tube, code, session.poolMost > 1);
          setTube(scanned.tube);
          setCode(scanned.code);
          if (!scanned.tube) tubeBox.current?.focus();
          else if (!scanned.code) codeBox.current?.focus();
          else taking.mutate(scanned);
        }}
      >
        <Group align="flex-end">
          <TextInput
            ref={tubeBox}
            label={t("laboratory.barcode")}
            value={tube}
            onChange={(event) => setTube(event.currentTarget.value)}
            error={fieldText(t, taking.error, "/tube")}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
          />
          <TextInput
            ref={codeBox}
            label={t("laboratory.code")}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            w={320}
            maw="100%"
          />
          <Button type="submit" loading={taking.isPending}>
            {t("laboratory.record")}
          </Button>
        </Group>
      </form>
      <Stack mt="sm">
        <ProblemNote error={unread} />
        {wanted?.disease === session.disease && (
          <Group>
            <span>
              {t("laboratory.wanted")} <b>{wanted.person.name}</b> {wanted.person.birthYear || t("people.bornUnknown")}
            </span>
            <Button variant="light" aria-label={`${t("laboratory.record")}: ${wanted.person.name}`} disabled={!tube.trim() || taking.isPending} onClick={() => take({ person: wanted.person.id })}>
              {t("laboratory.record")}
            </Button>
          </Group>
        )}
        <Scanner paper={false} wanted="labels" goesOn resting={taking.isPending} onText={read} />
        <p role="status">{word}</p>
        <ProblemNote error={taking.error} />
        <Group>
          <Button variant="default" onClick={() => setLooking(looking ? undefined : {})} aria-expanded={looking !== undefined}>
            {t("laboratory.noCode")}
          </Button>
        </Group>
        {looking && (
          <PersonFinder
            key={looking.begin}
            begin={looking.begin}
            action={t("laboratory.record")}
            resting={() => !tube.trim() || taking.isPending}
            onTake={(person) => take({ person: person.id })}
          />
        )}
      </Stack>
    </Panel>
  );
}

function Send({ session, onSent }: { session: Sampling; onSent: () => void }) {
  const { t } = useTranslation();
  const { data } = useQuery(laboratoriesQuery);
  const [laboratory, setLaboratory] = useState<string | null>(null);
  const [count, setCount] = useState<number | string>("");
  const send = useSentOnce((body: { laboratory: string; count: number }, key) => sendTubes(session.id, body, key));
  const sending = useMutation({
    mutationFn: send,
    onSuccess: (batch) => {
      say(t("laboratory.sent", { count: batch.tubes, name: batch.laboratory }));
      setCount("");
      onSent();
    },
  });
  return (
    <Panel title={t("laboratory.send")}>
      <p className="quiet">{t("laboratory.sendLead")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (laboratory && typeof count === "number") sending.mutate({ laboratory, count });
        }}
      >
        <Group align="flex-end">
          <Select
            label={t("laboratory.to")}
            data={(data ?? []).filter((one) => !one.closed).map((one) => ({ value: one.id, label: one.name }))}
            value={laboratory}
            onChange={setLaboratory}
            nothingFoundMessage={t("laboratory.noLabs")}
            w={320}
            maw="100%"
          />
          <NumberInput label={t("laboratory.counted")} min={1} allowDecimal={false} value={count} onChange={setCount} w={160} />
          <Button type="submit" disabled={!laboratory || typeof count !== "number"} loading={sending.isPending}>
            {t("laboratory.sendNow")}
          </Button>
        </Group>
      </form>
      <ProblemNote error={sending.error} />
    </Panel>
  );
}

function Tubes({ session, onChanged }: { session: Sampling; onChanged: () => void }) {
  const { t } = useTranslation();
  const list = useTubes(session.id);
  const [wrong, setWrong] = useState<{ id: string; name: string; tube: string }>();
  const removing = useMutation({
    mutationFn: removeSample,
    onSuccess: () => {
      setWrong(undefined);
      onChanged();
    },
  });
  const columns: Column<SampledTube>[] = [
    { key: "code", head: t("laboratory.tube"), lead: true, cell: (row) => <code>{row.code}</code> },
    {
      key: "people",
      head: t("laboratory.persons"),
      grow: true,
      cell: (row) => (
        <ul style={{ margin: 0, paddingInlineStart: "1.1em" }}>
          {row.samples.map((one) => (
            <li key={one.id}>
              {one.person.name} <span className="quiet">{one.person.birthYear || ""}</span> · <When at={one.at} />{" "}
              {row.sentAt ? (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={`${t("laboratory.wrongPerson")}: ${one.person.name}, ${row.code}`}
                  onClick={() => {
                    removing.reset();
                    setWrong({ id: one.id, name: one.person.name, tube: row.code });
                  }}
                >
                  {t("laboratory.wrongPerson")}
                </Button>
              ) : (
                <Button size="compact-xs" variant="subtle" aria-label={`${t("laboratory.remove")}: ${one.person.name}, ${row.code}`} disabled={removing.isPending} onClick={() => removing.mutate({ id: one.id })}>
                  {t("laboratory.remove")}
                </Button>
              )}
            </li>
          ))}
          {row.samples.length === 0 && <li className="quiet">{t("laboratory.nobody")}</li>}
        </ul>
      ),
    },
    {
      key: "state",
      head: t("laboratory.state"),
      cell: (row) => (row.results.length > 0 ? <Results results={row.results} doubtful={row.samples.length === 0} /> : t(row.receivedAt ? "laboratory.arrived" : row.sentAt ? "laboratory.onTheWay" : "laboratory.notSent")),
    },
  ];
  return (
    <Panel title={t("laboratory.tubes")}>
      <LoggedNote />
      {!wrong && <ProblemNote error={removing.error} />}
      {wrong && (
        <ReasonDialog
          opened
          title={t("laboratory.wrongPerson")}
          action={t("laboratory.takeBack")}
          danger
          busy={removing.isPending}
          error={<ProblemNote error={removing.error} />}
          onReason={(reason) => removing.mutate({ id: wrong.id, reason })}
          onClose={() => setWrong(undefined)}
        >
          <p>{t("laboratory.wrongPersonLead", { name: wrong.name, tube: wrong.tube })}</p>
        </ReasonDialog>
      )}
      <ListFrame list={list} empty={<Empty bare title={t("laboratory.noTubes")} />}>
        {(rows) => <DataTable rows={rows} columns={columns} rowKey={(row) => row.id} caption={t("laboratory.tubes")} stale={list.stale} />}
      </ListFrame>
    </Panel>
  );
}
