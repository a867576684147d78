// A filtered list as a file, of one unit unless said otherwise, with a reason.
import { Button, Group, Radio, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useOfficer } from "../api/session";
import { ownArea } from "../logic/navigation";
import { ProblemNote } from "./ProblemNote";
import { LoggedNote, ReasonDialog } from "./ReasonDialog";
import { UnitSelect } from "./UnitSelect";

const formats = ["csv", "xlsx"] as const;
export type FileFormat = (typeof formats)[number];

interface Props {
  title: string;
  /** What the file has, how much at most, and who hears of it. */
  holds: string;
  /** Of the list; absent: the officer's own. */
  unit?: string | undefined;
  /** What the list is of, where no unit is to be chosen. */
  of?: string;
  disabled?: boolean;
  take: (unit: string, format: FileFormat, reason: string) => Promise<unknown>;
}

export function TakeOut({ title, holds, unit: ofList, of, disabled, take }: Props) {
  const { t } = useTranslation();
  const own = ownArea(useOfficer());
  const [opened, setOpened] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const [format, setFormat] = useState<FileFormat>("xlsx");
  const unit = of ?? chosen ?? ofList ?? own;
  const taking = useMutation({ mutationFn: (reason: string) => take(unit!, format, reason), onSuccess: () => setOpened(false) });
  return (
    <>
      <Button variant="default" disabled={disabled ?? false} onClick={() => setOpened(true)}>
        {t("cases.takeOut")}
      </Button>
      <ReasonDialog
        opened={opened}
        title={title}
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
          <p>{holds}</p>
          {of === undefined && <UnitSelect label={t("cases.takeOutUnit")} value={unit} onChange={setChosen} />}
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
