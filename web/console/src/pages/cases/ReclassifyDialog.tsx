import { Radio, Stack } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery, reclassifyCase } from "../../api/cases";
import type { Case, Classification } from "../../api/types";
import { classifications } from "../../logic/filters";
import { inForce } from "../../logic/notification";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useEdit } from "../../parts/useEdit";
import { useLanguage } from "../../parts/When";
import type { CaseDialogProps } from "./ConfirmDialog";

interface Props extends CaseDialogProps {
  /** What is chosen and given as the reason to begin with. */
  preset?: { classification: Classification; reason: string };
}

/** To anything but confirmed: that needs a result. */
export function ReclassifyDialog({ file, opened, onClose, onChanged, preset }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const diseases = useQuery(diseasesQuery);
  const definitions = diseases.data?.items.find((one) => one.id === file.disease)?.caseDefinitions ?? [];
  /** As the disease's file has it today; else in general words. */
  const meaning = (of: Classification) =>
    inForce(
      definitions.filter((one) => one.classification === of),
      localDate(Date.now()),
    )?.text[language] ?? t(`cases.classificationHelp.${of}`);
  const [chosen, setChosen] = useState<string>(preset?.classification ?? "");
  const choices = classifications.filter((one) => one !== "confirmed" && one !== file.classification);
  const classification = choices.find((one) => one === chosen);
  const edit = useEdit<Case, { classification: Classification; reason: string }>({
    save: (change, version) => reclassifyCase(file.id, version, change),
    compare: (change, current) => [
      {
        name: t("cases.classificationHead"),
        mine: t(`cases.classification.${change.classification}`),
        theirs: t(`cases.classification.${current.classification}`),
      },
    ],
    onSaved: (fresh) => {
      say(t("cases.reclassified"));
      setChosen("");
      onChanged(fresh);
    },
    onKept: onChanged,
  });
  return (
    <>
      <ReasonDialog
        opened={opened}
        onClose={() => {
          setChosen("");
          onClose();
        }}
        title={t("cases.reclassify")}
        action={t("cases.reclassify")}
        {...(preset ? { proposed: preset.reason } : {})}
        ready={classification !== undefined}
        busy={edit.busy}
        error={<ProblemNote error={edit.error} />}
        onReason={(reason) => classification && edit.save({ classification, reason }, file.version)}
      >
        <Radio.Group label={t("cases.newClassification")} value={chosen} onChange={setChosen} required>
          <Stack gap="xs" mt="xs">
            {choices.map((one) => (
              <Radio key={one} value={one} label={t(`cases.classification.${one}`)} description={meaning(one)} />
            ))}
          </Stack>
        </Radio.Group>
      </ReasonDialog>
      {edit.dialog}
    </>
  );
}
