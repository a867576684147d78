import { Button, Menu } from "@mantine/core";
import { IconArrowBackUp, IconCheck, IconDots, IconFileExport, IconPencil, IconTag } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useOfficer } from "../../api/session";
import type { Case } from "../../api/types";
import { holds } from "../../logic/navigation";
import { BundleDialog } from "./BundleDialog";
import { ConfirmDialog } from "./ConfirmDialog";
import { ReclassifyDialog } from "./ReclassifyDialog";
import { UndoDialog } from "./UndoDialog";
import { useShowCase } from "./useCase";

type Action = "confirm" | "reclassify" | "export" | "undo";

/** What may be done to a case: confirm or correct its dates, reclassify, take it out as a file, undo the last change. */
export function CaseActions({ file }: { file: Case }) {
  const { t } = useTranslation();
  const shown = useShowCase();
  const [open, setOpen] = useState<Action>();
  // The case as the officer saw it when beginning: the live stream may bring a newer one meanwhile, which must not be overwritten unseen.
  const [seen, setSeen] = useState(file);
  if (!holds(useOfficer(), "districtOfficer", "provinceOfficer")) return null;
  const begin = (action: Action) => {
    setSeen(file);
    setOpen(action);
  };
  const close = () => setOpen(undefined);
  const show = (fresh: Case) => {
    close();
    shown(fresh);
  };
  const confirmed = file.classification === "confirmed";
  return (
    <>
      <Button
        variant={confirmed ? "default" : "filled"}
        color={confirmed ? "gray" : "lacquer"}
        leftSection={confirmed ? <IconPencil size={17} /> : <IconCheck size={17} />}
        onClick={() => begin("confirm")}
        disabled={file.classification === "discarded"}
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
          <Menu.Item leftSection={<IconTag size={16} />} onClick={() => begin("reclassify")}>
            {t("cases.reclassify")}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileExport size={16} />} onClick={() => begin("export")}>
            {t("cases.bundle")}
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowBackUp size={16} />} color="lacquer" onClick={() => begin("undo")}>
            {t("cases.undo")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog file={seen} opened={open === "confirm"} onClose={close} onChanged={show} />
      <ReclassifyDialog file={seen} opened={open === "reclassify"} onClose={close} onChanged={show} />
      <BundleDialog file={seen} opened={open === "export"} onClose={close} />
      <UndoDialog file={seen} opened={open === "undo"} onClose={close} onChanged={show} />
    </>
  );
}
