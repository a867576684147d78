import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Dialog } from "../../parts/Dialog";
import { ProblemNote } from "../../parts/ProblemNote";

interface Props {
  name: string;
  error: unknown;
  busy: boolean;
  onRevoke: () => void;
  onClose: () => void;
}

/** Asked twice: the other program stands still from then on. */
export function RevokeKeyDialog({ name, error, busy, onRevoke, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={onClose} title={t("officers.keys.revokeOf", { name })}>
      <p>{t("officers.keys.revokeLead")}</p>
      <ProblemNote error={error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button color="lacquer" onClick={onRevoke} loading={busy}>
          {t("officers.keys.revoke")}
        </Button>
      </Group>
    </Dialog>
  );
}
