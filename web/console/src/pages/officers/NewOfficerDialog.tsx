import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { createOfficer } from "../../api/officers";
import { Dialog } from "../../parts/Dialog";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { grantsOf, type GrantDraft } from "./grants";
import { GrantsEditor } from "./GrantsEditor";
import type { Issued } from "./TemporaryPassword";

interface Props {
  opened: boolean;
  onClose: () => void;
  onIssued: (issued: Issued) => void;
}

export function NewOfficerDialog(props: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t("officers.new")} size="xl">
      <Fields {...props} />
    </Dialog>
  );
}

function Fields({ onClose, onIssued }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const [drafts, setDrafts] = useState<GrantDraft[]>([{ key: 0 }]);
  const grants = grantsOf(drafts);
  const creation = useMutation({
    mutationFn: createOfficer,
    gcTime: 0,
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ["officers"] });
      onClose();
      onIssued({ name: made.officer.name, username: made.officer.username, password: made.temporaryPassword });
    },
  });
  const field = (pointer: string) => fieldText(t, creation.error, pointer);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (grants) creation.mutate({ name: name.trim(), username: username.trim(), grants });
      }}
    >
      <Stack>
        <TextInput label={t("officers.name")} value={name} onChange={(event) => setName(event.currentTarget.value)} error={field("/name")} maxLength={120} required />
        <TextInput
          label={t("auth.username")}
          description={t("officers.usernameHelp")}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          error={field("/username")}
          maxLength={40}
          autoCapitalize="none"
          spellCheck={false}
          autoComplete="off"
          required
        />
        <GrantsEditor grants={drafts} onChange={setDrafts} />
        <ProblemNote error={creation.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!name.trim() || !username.trim() || !grants} loading={creation.isPending}>
            {t("officers.create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
