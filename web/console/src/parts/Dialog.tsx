// Dialogs and drawers; while one is open the page beneath does not answer to keys.
import { Drawer as MantineDrawer, Modal, type DrawerProps, type ModalProps } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useShortcuts } from "./Shortcuts";

export function Dialog(props: ModalProps) {
  const { t } = useTranslation();
  useShortcuts([], { depth: 1, enabled: props.opened });
  return <Modal size="lg" radius="md" closeButtonProps={{ "aria-label": t("common.close") }} {...props} />;
}

export function Drawer(props: DrawerProps) {
  const { t } = useTranslation();
  useShortcuts([], { depth: 1, enabled: props.opened });
  return <MantineDrawer position="right" size={620} closeButtonProps={{ "aria-label": t("common.close") }} {...props} />;
}
