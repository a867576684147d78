// When the case was diagnosed, notified, published. Only what is changed is sent; undoing is done where all changes are undone.
import { Button, Group, Stack } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { recordDates } from "../../api/cases";
import type { Case, RecordedDates } from "../../api/types";
import { MomentField } from "../../parts/DayField";
import { Dialog } from "../../parts/Dialog";
import { fieldText } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useEdit, type Difference } from "../../parts/useEdit";
import { When } from "../../parts/When";
import { CaseProblem } from "./CaseProblem";

interface Props {
  file: Case;
  onClose: () => void;
  onChanged: (file: Case) => void;
}

const moment = (at: string | undefined): ReactNode => at && <When at={at} />;

export function RecordDatesDialog({ file, onClose, onChanged }: Props) {
  const { t } = useTranslation();
  const [diagnosedAt, setDiagnosedAt] = useState(file.diagnosedAt);
  const [notifiedAt, setNotifiedAt] = useState(file.notifiedAt);
  const [publishedAt, setPublishedAt] = useState(file.publishedAt);
  const change: RecordedDates = {
    ...(diagnosedAt && diagnosedAt !== file.diagnosedAt ? { diagnosedAt } : {}),
    ...(notifiedAt && notifiedAt !== file.notifiedAt ? { notifiedAt } : {}),
    ...(publishedAt && publishedAt !== file.publishedAt ? { publishedAt } : {}),
  };
  const edit = useEdit<Case, RecordedDates>({
    save: (sent, version) => recordDates(file.id, version, sent),
    compare: (sent, current) => {
      const dates: (Difference | "" | undefined)[] = [
        sent.diagnosedAt && { name: t("cases.diagnosedAt"), mine: moment(sent.diagnosedAt), theirs: moment(current.diagnosedAt) },
        sent.notifiedAt && { name: t("cases.notice.at"), mine: moment(sent.notifiedAt), theirs: moment(current.notifiedAt) },
        sent.publishedAt && { name: t("cases.notice.publishedAt"), mine: moment(sent.publishedAt), theirs: moment(current.publishedAt) },
      ];
      return dates.filter((date) => date !== undefined && date !== "");
    },
    onSaved: (fresh) => {
      say(t("cases.notice.recorded"));
      onChanged(fresh);
    },
    onKept: onChanged,
  });
  const today = localDate(Date.now());
  const field = (pointer: string) => fieldText(t, edit.error, pointer);
  return (
    <Dialog opened onClose={onClose} title={t("cases.notice.recordTitle", { number: file.number })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          edit.save(change, file.version);
        }}
      >
        <Stack>
          <MomentField
            label={t("cases.diagnosedAt")}
            description={t("cases.diagnosedHelp")}
            value={diagnosedAt}
            onChange={setDiagnosedAt}
            max={today}
            error={field("/diagnosedAt")}
          />
          <MomentField
            label={t("cases.notice.at")}
            description={t("cases.notice.atHelp")}
            value={notifiedAt}
            onChange={setNotifiedAt}
            max={today}
            error={field("/notifiedAt")}
          />
          <MomentField
            label={t("cases.notice.publishedAt")}
            description={t("cases.notice.publishedHelp")}
            value={publishedAt}
            onChange={setPublishedAt}
            max={today}
            error={field("/publishedAt")}
          />
          <CaseProblem error={edit.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" disabled={Object.keys(change).length === 0} loading={edit.busy}>
              {t("cases.notice.record")}
            </Button>
          </Group>
        </Stack>
      </form>
      {edit.dialog}
    </Dialog>
  );
}
