// The filtered list of cases as a file of one unit, with a reason.
import { Button, Group, Radio, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { CaseFilter } from "../../api/cases";
import { takeOutLineList } from "../../api/line-lists";
import { useOfficer } from "../../api/session";
import { caseFileFilter } from "../../logic/filters";
import { ownArea } from "../../logic/navigation";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";
import { UnitSelect } from "../../parts/UnitSelect";

const formats = ["csv", "xlsx"] as const;
/** The server gives no more in one file (modules/linelists). */
const mostCases = 5000;

export function TakeOutCases({ filter }: { filter: CaseFilter }) {
  const { t } = useTranslation();
  const own = ownArea(useOfficer());
  const [opened, setOpened] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const [format, setFormat] = useState<(typeof formats)[number]>("xlsx");
  const unit = chosen ?? filter.unit ?? own;
  const taking = useMutation({
    mutationFn: (reason: string) => takeOutLineList(unit!, format, reason, caseFileFilter(filter)),
    onSuccess: () => setOpened(false),
  });
  return (
    <>
      {/* A number that was searched for is not what a file is filtered by: it would hold other cases than the list. */}
      <Button variant="default" disabled={filter.q !== undefined} onClick={() => setOpened(true)}>
        {t("cases.takeOut")}
      </Button>
      <ReasonDialog
        opened={opened}
        title={t("cases.takeOutTitle")}
        action={t("cases.takeOut")}
        ready={unit !== undefined}
        busy={taking.isPending}
        error={<ProblemNote error={taking.error} />}
        onReason={(reason) => taking.mutate(reason)}
        onClose={() => {
          taking.reset();
          setOpened(false);
        }}
      >
        <Stack gap="sm">
          <p>{t("cases.takeOutHolds", { most: mostCases })}</p>
          <UnitSelect label={t("cases.takeOutUnit")} value={unit} onChange={setChosen} />
          <Radio.Group aria-label={t("lineLists.file")} value={format} onChange={(value) => setFormat(formats.find((one) => one === value) ?? "xlsx")}>
            <Group>
              {formats.map((one) => (
                <Radio key={one} value={one} label={one.toUpperCase()} />
              ))}
            </Group>
          </Radio.Group>
          <LoggedNote />
        </Stack>
      </ReasonDialog>
    </>
  );
}
