import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { caseHistoryQuery, undoCase } from "../../api/cases";
import type { Case } from "../../api/types";
import { byWhom } from "../../logic/by-whom";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useEdit } from "../../parts/useEdit";
import { When } from "../../parts/When";
import type { CaseDialogProps } from "./ConfirmDialog";

/** Takes back the last change with everything it caused, and says beforehand what that is. */
export function UndoDialog({ file, opened, onClose, onChanged }: CaseDialogProps) {
  const { t } = useTranslation();
  const history = useQuery({ ...caseHistoryQuery(file.id), enabled: opened });
  const last = history.data?.items.find((change) => !change.undone && change.what !== "undone" && change.what !== "reported");
  const edit = useEdit<Case, string>({
    save: (reason, version) => undoCase(file.id, version, reason),
    compare: (reason, current) => [
      { name: t("cases.undo"), mine: reason, theirs: undefined },
      { name: t("cases.classificationHead"), mine: t(`cases.classification.${file.classification}`), theirs: t(`cases.classification.${current.classification}`) },
    ],
    onSaved: (fresh) => {
      say(t("cases.undone"));
      onChanged(fresh);
    },
    onKept: onChanged,
  });
  return (
    <>
      <ReasonDialog
        opened={opened}
        onClose={onClose}
        title={t("cases.undo")}
        action={t("cases.undo")}
        danger
        ready={last !== undefined}
        busy={edit.busy}
        error={<ProblemNote error={edit.error ?? history.error} />}
        onReason={(reason) => edit.save(reason, file.version)}
      >
        {history.data && !last && <p>{t("cases.nothingToUndo")}</p>}
        {last && (
          <p>
            {t("cases.undoes")} <b>{t(`cases.what.${last.what}`)}</b>
            {last.from !== last.to && `: ${t(`cases.classification.${last.from}`)} → ${t(`cases.classification.${last.to}`)}`}, {byWhom(last.by, t)}, <When at={last.at} />
          </p>
        )}
        {last?.what === "confirmed" && <p>{t("cases.undoConfirmed")}</p>}
      </ReasonDialog>
      {edit.dialog}
    </>
  );
}
