// Dialogs and drawers; while one is open the page beneath does not answer to keys.
import { Drawer as MantineDrawer, Modal, type DrawerProps, type ModalProps } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { useShortcuts } from "./Shortcuts";

/** The focus goes back to what opened it, of one that comes and goes with its page's state, too; of one that stays Mantine does so. */
function useFocusBack(opened: boolean) {
  useEffect(() => {
    if (!opened) return;
    const before = document.activeElement;
    return () =>
      void setTimeout(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      });
  }, [opened]);
}

export function Dialog(props: ModalProps) {
  const { t } = useTranslation();
  useFocusBack(props.opened);
  useShortcuts([], { depth: 1, enabled: props.opened });
  return <Modal size="lg" radius="md" closeButtonProps={{ "aria-label": t("common.close") }} {...props} />;
}

export function Drawer(props: DrawerProps) {
  const { t } = useTranslation();
  useFocusBack(props.opened);
  useShortcuts([], { depth: 1, enabled: props.opened });
  return <MantineDrawer position="right" size={620} closeButtonProps={{ "aria-label": t("common.close") }} {...props} />;
}
