import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { disableOfficer, enableOfficer, resetPassword } from "../../api/officers";
import type { Officer } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import type { Issued } from "./TemporaryPassword";

/** reset: a new temporary password; lost: that, and the authenticator is dropped too. */
export type AccessChange = "reset" | "lost" | "disable" | "enable";

interface Props {
  officer: Officer;
  change: AccessChange;
  onClose: () => void;
  onIssued: (issued: Issued) => void;
}

/** Asked twice, for each of them locks somebody out or lets somebody in. */
export function AccessDialog({ officer, change, onClose, onIssued }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const action = useMutation({
    gcTime: 0,
    mutationFn: async () => {
      if (change === "disable") await disableOfficer(officer.id);
      else if (change === "enable") await enableOfficer(officer.id);
      else return (await resetPassword(officer.id, change === "lost")).temporaryPassword;
      return undefined;
    },
    onSuccess: (password) => {
      void client.invalidateQueries({ queryKey: ["officers"] });
      onClose();
      if (password) onIssued({ name: officer.name, username: officer.username, password });
      else say(t(change === "disable" ? "officers.wasDisabled" : "officers.wasEnabled", { name: officer.name }));
    },
  });
  return (
    <Dialog opened onClose={onClose} title={`${t(`officers.change.${change}.title`)}: ${officer.name}`}>
      <p>{t(`officers.change.${change}.lead`)}</p>
      <ProblemNote error={action.error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button color={change === "disable" ? "lacquer" : "bamboo"} onClick={() => action.mutate()} loading={action.isPending}>
          {t(`officers.change.${change}.title`)}
        </Button>
      </Group>
    </Dialog>
  );
}
