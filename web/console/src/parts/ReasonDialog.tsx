// Asks why a person's data are opened or a record is changed. Nothing is filled in beforehand, but where the button that was pressed says why.
import { Button, Group, Textarea } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Dialog } from "./Dialog";
import styles from "./ReasonDialog.module.css";

interface Props {
  opened: boolean;
  title: string;
  /** What giving this reason will do. */
  children?: ReactNode;
  action: string;
  /** Why, as the button that opened this has said it; to be changed or sent as it is. Of a dialog that comes and goes with it. */
  proposed?: string;
  danger?: boolean;
  /** Whether what is asked besides the reason has been answered. */
  ready?: boolean;
  busy?: boolean;
  error?: ReactNode;
  onReason: (reason: string) => void;
  onClose: () => void;
}

const shortest = 5;

export function ReasonDialog({ opened, title, children, action, proposed = "", danger, ready = true, busy, error, onReason, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState(proposed);
  const enough = ready && reason.trim().length >= shortest;
  return (
    <Dialog opened={opened} onClose={onClose} title={title} onExitTransitionEnd={() => setReason(proposed)}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (enough) onReason(reason.trim());
        }}
      >
        {children}
        <Textarea
          label={t("common.reason")}
          description={t("common.reasonHelp")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={500}
          required
          data-autofocus
        />
        {error}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" color={danger ? "lacquer" : "bamboo"} disabled={!enough} loading={busy ?? false}>
            {action}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

/** Said wherever a person's data are about to be read. */
export function LoggedNote({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <p className={styles.logged}>
      <IconEye size={16} aria-hidden />
      <span>{children ?? t("common.logged")}</span>
    </p>
  );
}
