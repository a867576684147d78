// One milestone, as the person tells it. Nothing is chosen beforehand but that times are told roughly.
import { Button, Group, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../../api/cases";
import type { Answers, Case, Milestone, ToldMilestone } from "../../../api/types";
import { answersToSend, askedOfMilestone } from "../../../logic/milestone-questions";
import { parseClock } from "../../../logic/moments";
import { boundsOf, parts, precisions, toldTimeOf, type ToldTime } from "../../../logic/told-times";
import { DayField } from "../../../parts/DayField";
import { PlaceSelect } from "../../../parts/PlaceSelect";
import { ProblemNote } from "../../../parts/ProblemNote";
import { UnitSelect } from "../../../parts/UnitSelect";
import { useLanguage, useNow } from "../../../parts/When";
import styles from "./Interview.module.css";
import { useMilestoneWords } from "./useMilestoneWords";

const answers = ["yes", "no", "unknown"] as const satisfies readonly Answers[string][];
type Companion = ToldMilestone["companions"][number];

interface Props {
  of: Case;
  begun?: Milestone;
  busy: boolean;
  error: unknown;
  action: string;
  onSave: (told: ToldMilestone) => void;
}

const unknownTime: ToldTime = { date: undefined, precision: "about", from: undefined, to: undefined, part: undefined };
const withText = (name: string, text: string) => (text.trim() ? { [name]: text.trim() } : {});

export function MilestoneForm({ of, begun, busy, error, action, onSave }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useNow();
  const diseases = useQuery(diseasesQuery);
  const { said } = useMilestoneWords(of.disease);
  const [unit, setUnit] = useState<string | undefined>(begun?.commune ?? of.unit);
  const [place, setPlace] = useState(begun?.place?.id);
  const [words, setWords] = useState(begun?.where ?? "");
  const [time, setTime] = useState<ToldTime>(begun ? toldTimeOf(begun) : unknownTime);
  const [from, setFrom] = useState(time.from ?? "");
  const [to, setTo] = useState(time.to ?? "");
  const [doing, setDoing] = useState(begun?.doing ?? "");
  const [given, setGiven] = useState<Answers>(begun?.answers ?? {});
  const [companions, setCompanions] = useState<Companion[]>(begun?.companions ?? []);
  const change = (index: number, part: Partial<Companion>) => setCompanions(companions.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const clocked = time.precision === "about" || time.precision === "exact";
  const bounds = boundsOf({ ...time, from: parseClock(from), to: parseClock(to) }, now);
  const today = localDate(new Date(now).toISOString());
  const day = time.date ?? today;
  const questions = askedOfMilestone(
    diseases.data?.items.find((one) => one.id === of.disease),
    day,
  );
  const earlier = diseases.isSuccess ? Object.fromEntries(Object.entries(begun?.answers ?? {}).filter(([id]) => !questions.some((one) => one.id === id))) : {};
  const whole = bounds !== undefined && (place !== undefined || words.trim() !== "") && companions.every(({ name }) => name.trim() !== "");
  const save = () => {
    if (!bounds) return;
    onSave({
      ...(place ? { place } : unit ? { commune: unit } : {}),
      ...withText("where", words),
      ...bounds,
      precision: time.precision,
      ...withText("doing", doing),
      answers: answersToSend(given, begun?.answers ?? {}, questions),
      companions: companions.map(({ name, phone, note, person }) => ({
        name: name.trim(),
        ...withText("phone", phone ?? ""),
        ...withText("note", note ?? ""),
        ...(person ? { person } : {}),
      })),
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) save();
      }}
    >
      <Stack>
        <div className={styles.where}>
          <UnitSelect
            label={t("interviews.commune")}
            value={unit}
            onChange={(next) => {
              setUnit(next);
              setPlace(undefined);
            }}
          />
          {unit && <PlaceSelect key={unit} unit={unit} label={t("interviews.place")} description={t("interviews.placeHelp")} value={place} onChange={setPlace} placeholder={begun?.place?.name ?? ""} />}
        </div>
        <TextInput
          label={t("interviews.words")}
          description={t("interviews.wordsHelp")}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          maxLength={200}
        />
        <DayField label={t("interviews.day")} required value={time.date} onChange={(date) => setTime({ ...time, date })} max={today} />
        <Radio.Group
          label={t("interviews.precisionHead")}
          value={time.precision}
          onChange={(next) => setTime({ ...time, precision: precisions.find((one) => one === next) ?? "about" })}
        >
          <Group gap="md" mt={6}>
            {precisions.map((one) => (
              <Radio key={one} value={one} label={t(`interviews.precision.${one}`)} />
            ))}
          </Group>
        </Radio.Group>
        {clocked && (
          <div className={styles.times}>
            <TextInput label={t("interviews.from")} description={t("interviews.clockHelp")} value={from} onChange={(event) => setFrom(event.currentTarget.value)} inputMode="numeric" required />
            <TextInput label={t("interviews.to")} description={t("interviews.clockHelp")} value={to} onChange={(event) => setTo(event.currentTarget.value)} inputMode="numeric" required />
          </div>
        )}
        {time.precision === "partOfDay" && (
          <Radio.Group label={t("interviews.partHead")} value={time.part ?? ""} onChange={(next) => setTime({ ...time, part: parts.find((one) => one === next) })}>
            <Group gap="md" mt={6}>
              {parts.map((one) => (
                <Radio key={one} value={one} label={t(`interviews.part.${one}`)} />
              ))}
            </Group>
          </Radio.Group>
        )}
        <Textarea label={t("interviews.doing")} value={doing} onChange={(event) => setDoing(event.currentTarget.value)} autosize minRows={1} maxLength={500} />
        {diseases.error && <ProblemNote error={diseases.error} retry={() => void diseases.refetch()} />}
        {questions.map((question) => (
          <Radio.Group
            key={question.id}
            label={question.text[language]}
            value={given[question.id] ?? ""}
            onChange={(value) => {
              const answer = answers.find((one) => one === value);
              if (answer) setGiven({ ...given, [question.id]: answer });
            }}
          >
            <Group gap="md" mt={6}>
              {answers.map((one) => (
                <Radio key={one} value={one} label={t(`interviews.answer.${one}`)} />
              ))}
            </Group>
          </Radio.Group>
        ))}
        {Object.keys(earlier).length > 0 && (
          <p className="quiet">
            {t("interviews.earlier")} {said(earlier, day)}
          </p>
        )}
        <Stack gap="xs" role="group" aria-label={t("interviews.companions")}>
          <b>{t("interviews.companions")}</b>
          {companions.map((one, index) => (
            <div key={index} className={styles.companion}>
              <TextInput label={t("interviews.companion")} value={one.name} onChange={(event) => change(index, { name: event.currentTarget.value })} required maxLength={120} />
              <TextInput label={t("interviews.phone")} value={one.phone ?? ""} onChange={(event) => change(index, { phone: event.currentTarget.value })} type="tel" maxLength={20} />
              <TextInput label={t("interviews.note")} value={one.note ?? ""} onChange={(event) => change(index, { note: event.currentTarget.value })} maxLength={200} />
              <Group justify="flex-end">
                <Button variant="subtle" size="compact-sm" onClick={() => setCompanions(companions.filter((_, at) => at !== index))}>
                  {t("interviews.removeCompanion")}
                </Button>
              </Group>
            </div>
          ))}
          <Group>
            <Button variant="default" onClick={() => setCompanions([...companions, { name: "" }])} disabled={companions.length >= 20}>
              {t("interviews.addCompanion")}
            </Button>
          </Group>
        </Stack>
        <ProblemNote error={error} />
        <Group justify="flex-end">
          <Button type="submit" size="md" disabled={!whole} loading={busy}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
