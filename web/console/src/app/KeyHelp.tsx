import { Kbd } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Dialog } from "../parts/Dialog";
import { useKeyboard, type Shortcut } from "../parts/Shortcuts";
import styles from "./KeyHelp.module.css";

/** What "?" shows: the keys of the page beneath, taken before the dialog silences them. */
export function KeyHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const keyboard = useKeyboard();
  const [shown, setShown] = useState<{ opened: boolean; shortcuts: Shortcut[] }>({ opened: false, shortcuts: [] });
  if (shown.opened !== opened) setShown({ opened, shortcuts: opened ? keyboard.active() : shown.shortcuts });
  return (
    <Dialog opened={opened} onClose={onClose} title={t("keys.title")} size="md">
      <p className="quiet">{t("keys.lead")}</p>
      <dl className={styles.keys}>
        {shown.shortcuts.map((shortcut) => (
          <div key={shortcut.keys}>
            <dt>
              {shortcut.keys.split(" ").map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{shortcut.says}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
