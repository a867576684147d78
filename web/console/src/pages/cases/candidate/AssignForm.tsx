// What to ask, and the class that follows. No answer is filled in beforehand; "not known" is an answer, silence is not.
import { Button, Group, Radio, Stack, Textarea } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../../api/cases";
import { assignCandidate } from "../../../api/tracing";
import type { Answers, Assignment, Candidate, ContactClass } from "../../../api/types";
import { inForce } from "../../../logic/notification";
import { fieldText, ProblemNote } from "../../../parts/ProblemNote";
import { say } from "../../../parts/Toasts";
import { UnruledNote } from "../../../parts/UnruledNote";
import { useEdit } from "../../../parts/useEdit";
import { useLanguage } from "../../../parts/When";
import styles from "./AssignForm.module.css";

const questions = ["distanceUnder2m", "closedRoom", "masks", "touched"] as const;
const answers = ["yes", "no", "unknown"] as const;
const classes: readonly ContactClass[] = ["F1", "F2", "none"];

type Answer = (typeof answers)[number];

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
  const definitions = diseases.data?.items.find((one) => one.id === disease)?.contactClasses ?? [];
  /** As the disease's file has it for the day of the exposure; else in general words. */
  const meaning = (of: ContactClass) =>
    inForce(
      definitions.filter((one) => one.contactClass === of),
      localDate(Date.parse(candidate.exposedSince)),
    )?.text[language] ?? t(`tracing.classIs.${of}`);
  const form = useRef<HTMLFormElement>(null);
  const [given, setGiven] = useState<Answers>(candidate.answers ?? {});
  const [chosen, setChosen] = useState<string>(candidate.class ?? "");
  const [note, setNote] = useState(candidate.note ?? "");
  useEffect(() => {
    if (focused) form.current?.querySelector("input")?.focus();
  }, [focused]);

  const className = (of: ContactClass | undefined) => of && t(`tracing.class.${of}`);
  const edit = useEdit<Candidate, Assignment>({
    save: (change, version) => assignCandidate(candidate.id, version, change),
    compare: (change, current) => [
      { name: t("tracing.classHead"), mine: className(change.class), theirs: className(current.class) },
      ...questions.map((question) => ({
        name: t(`tracing.ask.${question}.short`),
        mine: change.answers[question] && t(`tracing.answer.${change.answers[question]}`),
        theirs: current.answers?.[question] && t(`tracing.answer.${current.answers[question]}`),
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
  const asked = questions.every((question) => given[question] !== undefined);

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
      {questions.map((question) => (
        <Radio.Group
          key={question}
          className={styles.question}
          label={t(`tracing.ask.${question}.full`)}
          value={given[question] ?? ""}
          onChange={(value) => setGiven({ ...given, [question]: answers.find((one): one is Answer => one === value) })}
        >
          <Group gap="md" mt={4}>
            {answers.map((answer) => (
              <Radio key={answer} value={answer} label={t(`tracing.answer.${answer}`)} size="sm" />
            ))}
          </Group>
        </Radio.Group>
      ))}
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
        <span className="quiet">{!asked && t("tracing.notAllAsked")}</span>
        <Button type="submit" disabled={!decided || !asked} loading={edit.busy}>
          {t("tracing.assign")}
        </Button>
      </Group>
      <UnruledNote candidate={candidate} />
      {edit.dialog}
    </form>
  );
}
