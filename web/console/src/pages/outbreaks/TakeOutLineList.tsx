// The outbreak's line list as a file, with a reason.
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { takeOutLineListOf } from "../../api/outbreaks";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";
import type { FileFormat } from "../../parts/TakeOut";

export function TakeOutLineList({ id }: { id: string }) {
  const { t } = useTranslation();
  // The format outlives the dialog, so that its title stays while it closes.
  const [format, setFormat] = useState<FileFormat>("xlsx");
  const [opened, setOpened] = useState(false);
  const taking = useMutation({ mutationFn: (reason: string) => takeOutLineListOf(id, format, reason), onSuccess: () => setOpened(false) });
  return (
    <>
      {(["xlsx", "csv"] as const).map((one) => (
        <Button
          key={one}
          variant="default"
          onClick={() => {
            taking.reset();
            setFormat(one);
            setOpened(true);
          }}
        >
          {t(`outbreaks.lineList.${one}`)}
        </Button>
      ))}
      <ReasonDialog
        opened={opened}
        title={t(`outbreaks.lineList.${format}`)}
        action={t("cases.takeOut")}
        busy={taking.isPending}
        error={<ProblemNote error={taking.error} />}
        onReason={(reason) => taking.mutate(reason)}
        onClose={() => setOpened(false)}
      >
        <p>{t("outbreaks.lineList.holds")}</p>
        <LoggedNote />
      </ReasonDialog>
    </>
  );
}
