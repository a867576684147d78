// What to ask, as the disease's file has it, and the class that follows. No answer is filled in beforehand; "not known" is an answer, silence is not.
import { Button, Group, Radio, Stack, Textarea } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../../api/cases";
import { assignCandidate } from "../../../api/tracing";
import type { Answers, Assignment, Candidate, ContactClass } from "../../../api/types";
import { classTextOn, offeredClasses } from "../../../logic/contact-classes";
import { briefOf, noLongerAsked, questionsOn } from "../../../logic/contact-questions";
import { fieldText, ProblemNote } from "../../../parts/ProblemNote";
import { say } from "../../../parts/Toasts";
import { UnruledNote } from "../../../parts/UnruledNote";
import { useEdit } from "../../../parts/useEdit";
import { useLanguage } from "../../../parts/When";
import styles from "./AssignForm.module.css";

/** Of every disease, until each said what is asked of it. */
const askedBefore = ["distanceUnder2m", "closedRoom", "masks", "touched"] as const;
const answers = ["yes", "no", "unknown"] as const;

interface Props {
  candidate: Candidate;
  disease: string;
  focused: boolean;
  onSaved: (candidate: Candidate) => void;
  onKept: (candidate: Candidate) => void;
}

export function AssignForm({ candidate, disease, focused, onSaved, onKept }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const diseases = useQuery(diseasesQuery);
  const pack = diseases.data?.items.find((one) => one.id === disease);
  const exposed = localDate(Date.parse(candidate.exposedSince));
  const questions = questionsOn(pack, exposed);
  /** As the disease's file has it for the day of the exposure; else in general words. */
  const meaning = (of: ContactClass) => classTextOn(pack, exposed, of)?.[language] ?? t(`tracing.classIs.${of}`);
  const classes = offeredClasses(pack, exposed, candidate.class);
  const brief = (id: string) => {
    const before = askedBefore.find((one) => one === id);
    return briefOf(pack, exposed, id)?.[language] ?? (before ? t(`tracing.askedBefore.${before}`) : id);
  };
  const form = useRef<HTMLFormElement>(null);
  const [given, setGiven] = useState<Answers>(candidate.answers ?? {});
  const earlier = diseases.isSuccess ? noLongerAsked(candidate.answers ?? {}, questions) : [];
  const [chosen, setChosen] = useState<string>(candidate.class ?? "");
  const [note, setNote] = useState(candidate.note ?? "");
  useEffect(() => {
    if (focused && diseases.isSuccess) form.current?.querySelector("input")?.focus();
  }, [focused, diseases.isSuccess]);

  const className = (of: ContactClass | undefined) => of && t(`tracing.class.${of}`);
  const edit = useEdit<Candidate, Assignment>({
    save: (change, version) => assignCandidate(candidate.id, version, change),
    compare: (change, current) => [
      { name: t("tracing.classHead"), mine: className(change.class), theirs: className(current.class) },
      ...[...new Set([...questions.map((one) => one.id), ...Object.keys(change.answers), ...Object.keys(current.answers ?? {})])].map((id) => ({
        name: brief(id),
        mine: change.answers[id] && t(`tracing.answer.${change.answers[id]}`),
        theirs: current.answers?.[id] && t(`tracing.answer.${current.answers[id]}`),
      })),
      { name: t("cases.note"), mine: change.note, theirs: current.note },
    ],
    onSaved: (fresh) => {
      say(t("tracing.assigned", { name: fresh.person.name, class: className(fresh.class) }));
      onSaved(fresh);
    },
    onKept,
  });
  if (candidate.status === "withdrawn") return <p>{t("tracing.withdrawnNote")}</p>;
  const decided = classes.find((one) => one === chosen);
  const asked = diseases.isSuccess && questions.every((one) => !one.compulsory || given[one.id] !== undefined);

  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (decided) edit.save({ class: decided, answers: given, ...(note.trim() ? { note: note.trim() } : {}) }, candidate.version);
      }}
    >
      <h3>{t("tracing.askTitle")}</h3>
      <p className={styles.lead}>{t("tracing.askLead")}</p>
      {diseases.error && <ProblemNote error={diseases.error} retry={() => void diseases.refetch()} />}
      {diseases.isSuccess && questions.length === 0 && <p className={styles.question}>{t("tracing.nothingAsked")}</p>}
      {questions.map((question) => (
        <Radio.Group
          key={question.id}
          className={styles.question}
          label={question.text[language]}
          description={!question.compulsory && t("tracing.optional")}
          value={given[question.id] ?? ""}
          onChange={(value) => {
            const answer = answers.find((one) => one === value);
            if (answer) setGiven({ ...given, [question.id]: answer });
          }}
        >
          <Group gap="md" mt={4}>
            {answers.map((answer) => (
              <Radio key={answer} value={answer} label={t(`tracing.answer.${answer}`)} size="sm" />
            ))}
          </Group>
        </Radio.Group>
      ))}
      {earlier.length > 0 && (
        <p className={styles.question}>
          {t("tracing.earlier")} {earlier.map(([id, answer]) => `${brief(id)}: ${t(`tracing.answer.${answer}`)}`).join("; ")}
        </p>
      )}
      <Radio.Group
        label={t("tracing.classHead")}
        description={t("tracing.classHelp")}
        value={chosen}
        onChange={setChosen}
        error={fieldText(t, edit.error, "/class")}
      >
        <Stack gap={8} mt={8}>
          {classes.map((one) => (
            <Radio key={one} value={one} label={t(`tracing.class.${one}`)} description={meaning(one)} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea label={t("cases.note")} value={note} onChange={(event) => setNote(event.currentTarget.value)} autosize minRows={2} maxLength={1000} />
      <ProblemNote error={edit.error} />
      <Group justify="space-between">
        <span className="quiet">{diseases.isSuccess && !asked && t("tracing.notAllAsked")}</span>
        <Button type="submit" disabled={!decided || !asked} loading={edit.busy}>
          {t("tracing.assign")}
        </Button>
      </Group>
      <UnruledNote candidate={candidate} />
      {edit.dialog}
    </form>
  );
}
