import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { saveBundle } from "../../api/cases";
import type { Case } from "../../api/types";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";

interface Props {
  file: Case;
  opened: boolean;
  onClose: () => void;
}

/** The case as a file in HL7 FHIR for another institution: says what is in it, and asks why. */
export function BundleDialog({ file, opened, onClose }: Props) {
  const { t } = useTranslation();
  const saving = useMutation({ mutationFn: (reason: string) => saveBundle(file.id, file.number, reason), onSuccess: onClose });
  return (
    <ReasonDialog
      opened={opened}
      onClose={onClose}
      title={t("cases.bundle")}
      action={t("cases.bundleSave")}
      busy={saving.isPending}
      error={<ProblemNote error={saving.error} />}
      onReason={(reason) => saving.mutate(reason)}
    >
      <p>{t("cases.bundleHolds")}</p>
      <LoggedNote />
    </ReasonDialog>
  );
}
