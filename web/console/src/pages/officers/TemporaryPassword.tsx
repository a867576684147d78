import { Alert, Button, Group, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { CopyText } from "../../parts/CopyText";
import { Dialog } from "../../parts/Dialog";
import { Fact, Facts } from "../../parts/Facts";

export interface Issued {
  name: string;
  username: string;
  password: string;
}

/** Shown once; the server keeps only its hash. */
export function TemporaryPassword({ issued, onClose }: { issued: Issued | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={issued !== undefined} onClose={onClose} title={t("officers.temporary")} closeOnClickOutside={false}>
      {issued && (
        <Stack>
          <Facts narrow>
            <Fact name={t("officers.name")}>{issued.name}</Fact>
            <Fact name={t("auth.username")}>
              <CopyText text={issued.username} />
            </Fact>
            <Fact name={t("officers.temporary")}>
              <CopyText text={issued.password} />
            </Fact>
          </Facts>
          <Alert color="turmeric">{t("officers.shownOnce")}</Alert>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t("officers.handedOver")}</Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}
