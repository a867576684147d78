// A picture that somebody sent, to be read closely: it grows and shrinks by buttons and keys, and is moved by scrolling.
import { Button, Group } from "@mantine/core";
import { IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Dialog } from "./Dialog";
import { Loading } from "./ListFrame";
import styles from "./PictureDialog.module.css";
import { ProblemNote } from "./ProblemNote";
import { useShortcuts } from "./Shortcuts";

/** In which steps it grows, from as wide as the dialog. */
const steps = [1, 1.5, 2, 3, 4];

/** As an address that needs no giving back. */
export const asAddress = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("unreadable"));
    reader.readAsDataURL(file);
  });

interface Props {
  opened: boolean;
  /** Absent: on its way. */
  address: string | undefined;
  error: unknown;
  onClose: () => void;
}

export function PictureDialog({ opened, address, error, onClose }: Props) {
  const { t } = useTranslation();
  const [step, setStep] = useState(0);
  const go = (by: number) => setStep((now) => Math.min(Math.max(now + by, 0), steps.length - 1));
  useShortcuts(
    [
      { keys: "+", says: t("declarations.pictureLarger"), run: () => go(1) },
      { keys: "-", says: t("declarations.pictureSmaller"), run: () => go(-1) },
    ],
    { depth: 1, enabled: opened },
  );
  return (
    <Dialog opened={opened} onClose={onClose} onExitTransitionEnd={() => setStep(0)} size="xl" title={t("declarations.picture")}>
      <ProblemNote error={error} />
      {!address && !error && <Loading rows={4} />}
      {address && (
        <>
          <Group gap={8} mb={8}>
            <Button size="compact-sm" variant="default" leftSection={<IconZoomIn size={15} />} disabled={step === steps.length - 1} onClick={() => go(1)}>
              {t("declarations.pictureLarger")}
            </Button>
            <Button size="compact-sm" variant="default" leftSection={<IconZoomOut size={15} />} disabled={step === 0} onClick={() => go(-1)}>
              {t("declarations.pictureSmaller")}
            </Button>
          </Group>
          <div className={styles.frame} tabIndex={0} role="group" aria-label={t("declarations.picture")}>
            <img src={address} alt={t("declarations.pictureAlt")} style={{ width: `${steps[step]! * 100}%` }} />
          </div>
        </>
      )}
      <p className="quiet">{t("declarations.pictureLogged")}</p>
    </Dialog>
  );
}
