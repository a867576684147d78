import { Button, Menu } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { IconArrowBackUp, IconCheck, IconDots, IconTag } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { caseQuery } from "../../api/cases";
import { useOfficer } from "../../api/session";
import type { Case } from "../../api/types";
import { holds } from "../../logic/navigation";
import { ConfirmDialog } from "./ConfirmDialog";
import { ReclassifyDialog } from "./ReclassifyDialog";
import { UndoDialog } from "./UndoDialog";

/** What may be done to a case: confirm or correct its dates, reclassify, undo the last change. */
export function CaseActions({ file }: { file: Case }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState<"confirm" | "reclassify" | "undo">();
  if (!holds(useOfficer(), "districtOfficer", "provinceOfficer")) return null;
  const close = () => setOpen(undefined);
  const show = (fresh: Case) => {
    close();
    client.setQueryData(caseQuery(file.id).queryKey, fresh);
    void client.invalidateQueries({ queryKey: ["cases"], predicate: (query) => query.queryKey[1] !== "one" });
    void client.invalidateQueries({ queryKey: ["tasks"] });
    void client.invalidateQueries({ queryKey: ["releases"] });
  };
  const confirmed = file.classification === "confirmed";
  return (
    <>
      <Button
        variant={confirmed ? "default" : "filled"}
        color={confirmed ? "gray" : "lacquer"}
        leftSection={<IconCheck size={17} />}
        onClick={() => setOpen("confirm")}
        disabled={file.status === "closed"}
      >
        {t(confirmed ? "cases.correct" : "cases.confirm")}
      </Button>
      <Menu position="bottom-end" shadow="md" width={260}>
        <Menu.Target>
          <Button variant="default" px={9} aria-label={t("shell.menu")}>
            <IconDots size={17} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconTag size={16} />} onClick={() => setOpen("reclassify")}>
            {t("cases.reclassify")}
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowBackUp size={16} />} color="lacquer" onClick={() => setOpen("undo")}>
            {t("cases.undo")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog file={file} opened={open === "confirm"} onClose={close} onChanged={show} />
      <ReclassifyDialog file={file} opened={open === "reclassify"} onClose={close} onChanged={show} />
      <UndoDialog file={file} opened={open === "undo"} onClose={close} onChanged={show} />
    </>
  );
}
