import { Button, Group, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { setGrants } from "../../api/officers";
import type { NewGrant, Officer } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useEdit } from "../../parts/useEdit";
import { GrantLine } from "./GrantLine";
import { draftsOf, grantsOf } from "./grants";
import { GrantsEditor } from "./GrantsEditor";

export function GrantsDialog({ officer, onClose }: { officer: Officer; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [drafts, setDrafts] = useState(() => draftsOf(officer.grants));
  const grants = grantsOf(drafts);
  const done = () => {
    void client.invalidateQueries({ queryKey: ["officers"] });
    onClose();
  };
  const lines = (of: readonly NewGrant[]) => of.map((grant) => <GrantLine key={grant.role + (grant.area ?? "")} grant={grant} />);
  const edit = useEdit<Officer, NewGrant[]>({
    save: (change, version) => setGrants(officer.id, version, change),
    compare: (change, current) => [{ name: t("officers.grants"), mine: lines(change), theirs: lines(current.grants) }],
    onSaved: () => {
      say(t("officers.grantsSet", { name: officer.name }));
      done();
    },
    onKept: done,
  });
  return (
    <Dialog opened onClose={onClose} title={`${t("officers.setGrants")}: ${officer.name}`} size="xl">
      <Stack>
        <GrantsEditor grants={drafts} onChange={setDrafts} />
        <ProblemNote error={edit.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button onClick={() => grants && edit.save(grants, officer.version)} disabled={!grants} loading={edit.busy}>
            {t("common.save")}
          </Button>
        </Group>
      </Stack>
      {edit.dialog}
    </Dialog>
  );
}
