// Stays in hospital and outcome, all of them at once: what is sent replaces what was there. Undoing puts it back.
import { ActionIcon, Alert, Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { recordCourse } from "../../api/cases";
import type { Case, Course } from "../../api/types";
import { courseOf, deathEndsStay, draftOf, outcomes, withStay, type StayDraft } from "../../logic/course";
import { showDay } from "../../logic/moments";
import { DayField } from "../../parts/DayField";
import { Dialog } from "../../parts/Dialog";
import { Pair } from "../../parts/Pair";
import { fieldText } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useEdit, type Difference } from "../../parts/useEdit";
import { CaseProblem } from "./CaseProblem";
import { Stays } from "./CoursePanel";

interface Props {
  file: Case;
  onClose: () => void;
  onChanged: (file: Case) => void;
}

export function CourseDialog({ file, onClose, onChanged }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => draftOf(file));
  const course = courseOf(draft);
  const ended = (one: Pick<Course, "outcome" | "outcomeOn">) =>
    one.outcome && `${t(`cases.course.outcomes.${one.outcome}`)}${one.outcomeOn ? `, ${showDay(one.outcomeOn)}` : ""}`;
  const edit = useEdit<Case, Course>({
    save: (change, version) => recordCourse(file.id, version, change),
    compare: (change, current): Difference[] => [
      { name: t("cases.course.outcome"), mine: ended(change), theirs: ended(current) },
      { name: t("cases.course.stays"), mine: <Stays of={change.stays} />, theirs: <Stays of={current.stays} /> },
    ],
    onSaved: (fresh) => {
      say(t("cases.course.recorded"));
      onChanged(fresh);
    },
    onKept: onChanged,
  });
  const today = localDate(Date.now());
  const change = (key: number, to: Partial<StayDraft>) =>
    setDraft((before) => ({ ...before, stays: before.stays.map((stay) => (stay.key === key ? { ...stay, ...to } : stay)) }));
  const lost = draft.outcome === "lostToFollowUp";
  return (
    <Dialog opened onClose={onClose} size="xl" title={t("cases.course.recordTitle", { number: file.number })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (course) edit.save(course, file.version);
        }}
      >
        <Stack>
          {draft.stays.map((stay, index) => (
            <Stack key={stay.key} gap="xs" role="group" aria-label={`${t("cases.course.stays")} ${index + 1}`}>
              <Group align="end" wrap="nowrap">
                <TextInput
                  label={t("cases.course.hospital")}
                  value={stay.hospital}
                  onChange={(event) => change(stay.key, { hospital: event.currentTarget.value })}
                  maxLength={200}
                  flex={1}
                  required
                />
                <ActionIcon
                  variant="default"
                  size={36}
                  aria-label={t("cases.course.removeStay", { number: index + 1 })}
                  onClick={() => setDraft((before) => ({ ...before, stays: before.stays.filter((one) => one.key !== stay.key) }))}
                >
                  <IconTrash size={17} />
                </ActionIcon>
              </Group>
              <Pair top>
                <DayField
                  label={t("cases.course.admittedOn")}
                  value={stay.admittedOn}
                  onChange={(admittedOn) => change(stay.key, { admittedOn })}
                  max={today}
                  required
                />
                <DayField
                  label={t("cases.course.dischargedOn")}
                  description={t("cases.course.dischargedHelp")}
                  value={stay.dischargedOn}
                  onChange={(dischargedOn) => change(stay.key, { dischargedOn })}
                  max={today}
                />
              </Pair>
            </Stack>
          ))}
          <Group>
            <Button variant="default" size="xs" leftSection={<IconPlus size={15} />} onClick={() => setDraft(withStay)}>
              {t("cases.course.addStay")}
            </Button>
          </Group>
          <Pair top>
            <Select
              label={t("cases.course.outcome")}
              data={outcomes.map((one) => ({ value: one, label: t(`cases.course.outcomes.${one}`) }))}
              value={draft.outcome ?? null}
              onChange={(value) => setDraft((before) => ({ ...before, outcome: outcomes.find((one) => one === value) }))}
              placeholder={t("cases.course.noOutcome")}
              error={fieldText(t, edit.error, "/outcome")}
              clearable
            />
            {draft.outcome && (
              <DayField
                label={t(lost ? "cases.course.outcomeOnLost" : "cases.course.outcomeOn")}
                value={draft.outcomeOn}
                onChange={(outcomeOn) => setDraft((before) => ({ ...before, outcomeOn }))}
                max={today}
                error={fieldText(t, edit.error, "/outcomeOn")}
                required
              />
            )}
          </Pair>
          {draft.outcome && !file.outcome && (
            <Alert color="indigo">
              {t("cases.course.closes")} {deathEndsStay(draft) && t("cases.course.deathEnds")}
            </Alert>
          )}
          <CaseProblem error={edit.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" disabled={!course || JSON.stringify(course) === JSON.stringify(courseOf(draftOf(file)))} loading={edit.busy}>
              {t("cases.course.record")}
            </Button>
          </Group>
        </Stack>
      </form>
      {edit.dialog}
    </Dialog>
  );
}
