// A signature: what it binds to is said once more, and in which office it is given. Nothing is filled in beforehand.
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Dialog } from "../../parts/Dialog";

interface Props {
  opened: boolean;
  title: string;
  /** What is signed. */
  children: ReactNode;
  busy: boolean;
  error: ReactNode;
  onSign: (authority: string) => void;
  onClose: () => void;
}

export function SignDialog({ opened, title, children, busy, error, onSign, onClose }: Props) {
  const { t } = useTranslation();
  const [authority, setAuthority] = useState("");
  return (
    <Dialog opened={opened} onClose={onClose} title={title} onExitTransitionEnd={() => setAuthority("")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (authority.trim()) onSign(authority.trim());
        }}
      >
        <Stack>
          {children}
          <TextInput label={t("orders.authority")} description={t("orders.authorityHelp")} value={authority} onChange={(event) => setAuthority(event.currentTarget.value)} maxLength={200} required data-autofocus />
          {error}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" disabled={!authority.trim()} loading={busy}>
              {t("orders.sign")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
