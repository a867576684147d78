// A milestone as it stands, whether tracing knows it, and what can be done with it.
import { Button, Group } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { refreshContacts } from "../../../api/contacts";
import { correctMilestone, milestonesQuery, milestoneVersionsQuery, strikeMilestone } from "../../../api/interviews";
import type { Answers, Case, Milestone, PersonBrief, ToldMilestone } from "../../../api/types";
import { Drawer } from "../../../parts/Dialog";
import { TextLink } from "../../../parts/links";
import { Loading } from "../../../parts/ListFrame";
import { PersonFinder } from "../../../parts/PersonFinder";
import { ProblemNote } from "../../../parts/ProblemNote";
import { ReasonDialog } from "../../../parts/ReasonDialog";
import { say } from "../../../parts/Toasts";
import { useEdit } from "../../../parts/useEdit";
import { When, WhenSpan } from "../../../parts/When";
import styles from "./Interview.module.css";
import { MilestoneForm } from "./MilestoneForm";
import { useMilestoneWords } from "./useMilestoneWords";

/** All of it, as a correction is sent. */
const toldOf = ({ place, where, commune, from, to, precision, doing, answers, companions }: Milestone): ToldMilestone => ({
  ...(place ? { place: place.id } : commune ? { commune } : {}),
  ...(where ? { where } : {}),
  from,
  to,
  precision,
  ...(doing ? { doing } : {}),
  answers,
  companions,
});

type Doing = { what: "correct" | "strike" | "versions" | "add" } | { what: "find"; companion: number };

export function MilestoneItem({ of, file }: { of: Milestone; file: Case }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [doing, setDoing] = useState<Doing>();
  const again = () => {
    refreshContacts(client, file.id);
    return client.invalidateQueries({ queryKey: milestonesQuery(file.id).queryKey });
  };
  const { brief, answer, said } = useMilestoneWords(file.disease);
  const whereOf = (one: Milestone) => one.place?.name ?? one.where;
  const edit = useEdit<Milestone, ToldMilestone>({
    save: (told, version) => correctMilestone(of.id, version, told),
    compare: (told, current) => [
      { name: t("interviews.where"), mine: told.place && told.place === of.place?.id ? of.place.name : (told.where ?? t("interviews.place")), theirs: whereOf(current) },
      { name: t("interviews.day"), mine: <WhenSpan from={told.from} to={told.to} />, theirs: <WhenSpan from={current.from} to={current.to} /> },
      ...[...new Set([...Object.keys(told.answers ?? {}), ...Object.keys(current.answers)])].map((id) => ({
        name: brief(id, localDate(told.from)),
        mine: answer(told.answers?.[id]),
        theirs: answer(current.answers[id]),
      })),
      {
        name: t("interviews.companions"),
        mine: told.companions.map(({ name }) => name).join(", ") || undefined,
        theirs: current.companions.map(({ name }) => name).join(", ") || undefined,
      },
    ],
    onSaved: () => {
      say(t("interviews.saved"));
      setDoing(undefined);
      void again();
    },
    onKept: () => {
      setDoing(undefined);
      void again();
    },
  });
  const striking = useMutation({
    mutationFn: (reason: string) => strikeMilestone(of.id, of.version, reason),
    onSuccess: () => setDoing(undefined),
    onSettled: () => void again(),
  });
  const begin = (what: Doing) => {
    edit.reset();
    striking.reset();
    setDoing(what);
  };
  const sought = doing?.what === "find" ? of.companions[doing.companion] : undefined;
  const add = (person: PersonBrief) => {
    const told = toldOf(of);
    edit.save({ ...told, companions: [...told.companions, { name: person.name, person: person.id }] }, of.version);
  };
  const link = (person: string) => {
    if (doing?.what !== "find") return;
    const told = toldOf(of);
    edit.save({ ...told, companions: told.companions.map((one, index) => (index === doing.companion ? { ...one, person } : one)) }, of.version);
  };
  return (
    <li data-struck={of.struck ? true : undefined}>
      <p className={styles.told}>
        <b>{whereOf(of)}</b>
        {of.place && of.where && ` (${of.where})`}
        {of.communeName && <span className="quiet"> · {of.communeName}</span>}
      </p>
      <p className={styles.told}>
        {of.precision !== "exact" && `${t("interviews.approximate")} `}
        <WhenSpan from={of.from} to={of.to} />
      </p>
      {of.doing && <p className={styles.told}>{of.doing}</p>}
      {Object.keys(of.answers).length > 0 && <p className={styles.told}>{said(of.answers, localDate(of.from))}</p>}
      {of.companions.length > 0 && (
        <ul className={styles.people}>
          {of.companions.map((one, index) => (
            <li key={index}>
              {[one.name, one.phone, one.note].filter(Boolean).join(" · ")}{" "}
              {one.person ? (
                <span className="quiet">{t("interviews.linked")}</span>
              ) : (
                !of.struck && (
                  <Button variant="subtle" size="compact-sm" aria-label={`${t("interviews.findRecord")}: ${one.name}`} onClick={() => begin({ what: "find", companion: index })}>
                    {t("interviews.findRecord")}
                  </Button>
                )
              )}
            </li>
          ))}
        </ul>
      )}
      <p className="quiet">
        {t("interviews.by", { name: of.by })} · <When at={of.toldAt} /> · {of.untraced ? t(`interviews.untraced.${of.untraced}`) : t("interviews.traced")}
      </p>
      {of.struck && <p>{t("interviews.struckBy", { name: of.struck.by, reason: of.struck.reason })}</p>}
      <Group gap="xs" className="no-print">
        {!of.struck && (
          <>
            <Button variant="default" size="xs" onClick={() => begin({ what: "correct" })}>
              {t("interviews.correct")}
            </Button>
            <Button variant="default" size="xs" onClick={() => begin({ what: "add" })}>
              {t("declared.add")}
            </Button>
            <Button variant="default" size="xs" onClick={() => begin({ what: "strike" })}>
              {t("interviews.strike")}
            </Button>
          </>
        )}
        {of.version > 1 && (
          <Button variant="subtle" size="xs" onClick={() => begin({ what: "versions" })}>
            {t("interviews.versions")}
          </Button>
        )}
      </Group>
      <Drawer opened={doing?.what === "correct"} onClose={() => setDoing(undefined)} title={t("interviews.correct")}>
        <MilestoneForm key={of.version} of={file} begun={of} busy={edit.busy} error={edit.error} action={t("interviews.saveChange")} onSave={(told) => edit.save(told, of.version)} />
      </Drawer>
      <Drawer opened={sought !== undefined} onClose={() => setDoing(undefined)} title={t("interviews.findTitle", { name: sought?.name ?? "" })}>
        <p>{t("interviews.findHint")}</p>
        <p>
          {t("interviews.registerHint")} <TextLink to="/people/new">{t("interviews.register")}</TextLink>
        </p>
        <ProblemNote error={edit.error} />
        {sought && (
          <PersonFinder
            action={t("interviews.take")}
            resting={(person) => edit.busy || person.id === file.person.id}
            begin={sought.phone ?? sought.name}
            onTake={(person) => link(person.id)}
          />
        )}
      </Drawer>
      <Drawer opened={doing?.what === "add"} onClose={() => setDoing(undefined)} title={t("declared.add")}>
        <p>{t("interviews.findHint")}</p>
        <p>
          {t("interviews.registerHint")} <TextLink to="/people/new">{t("interviews.register")}</TextLink>
        </p>
        <ProblemNote error={edit.error} />
        <PersonFinder
          action={t("interviews.take")}
          resting={(person) => edit.busy || person.id === file.person.id || of.companions.some((one) => one.person === person.id)}
          onTake={add}
        />
      </Drawer>
      <Drawer opened={doing?.what === "versions"} onClose={() => setDoing(undefined)} title={t("interviews.versions")}>
        {doing?.what === "versions" && <Versions of={of.id} said={said} />}
      </Drawer>
      <ReasonDialog
        opened={doing?.what === "strike"}
        title={t("interviews.strikeTitle")}
        action={t("interviews.strike")}
        danger
        busy={striking.isPending}
        error={<ProblemNote error={striking.error} />}
        onReason={(reason) => striking.mutate(reason)}
        onClose={() => setDoing(undefined)}
      >
        <p>{t("interviews.strikeHint")}</p>
      </ReasonDialog>
      {edit.dialog}
    </li>
  );
}

function Versions({ of, said }: { of: string; said: (answers: Answers, day: string) => string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(milestoneVersionsQuery(of));
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading rows={2} />;
  return (
    <ol className={styles.list}>
      {data.map((one) => (
        <li key={one.version}>
          <p>
            <b>{t("interviews.version", { number: one.version })}</b> · <When at={one.at} /> · {t("interviews.by", { name: one.by })}
          </p>
          <p>
            {one.placeName ?? one.told.where} · <WhenSpan from={one.told.from} to={one.told.to} />
          </p>
          {one.told.doing && <p>{one.told.doing}</p>}
          {one.told.answers && Object.keys(one.told.answers).length > 0 && <p>{said(one.told.answers, localDate(one.told.from))}</p>}
          {one.told.companions.length > 0 && <p>{one.told.companions.map(({ name }) => name).join(", ")}</p>}
        </li>
      ))}
    </ol>
  );
}
