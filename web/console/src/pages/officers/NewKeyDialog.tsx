import { Alert, Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { makeKey } from "../../api/keys";
import { CopyText } from "../../parts/CopyText";
import { Dialog } from "../../parts/Dialog";
import { Fact, Facts } from "../../parts/Facts";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";

const lives = [30, 90, 180, 366];

export function NewKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t("officers.keys.new")} closeOnClickOutside={false}>
      <Fields onClose={onClose} />
    </Dialog>
  );
}

function Fields({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [area, setArea] = useState<string>();
  const [days, setDays] = useState(90);
  const creation = useMutation({
    mutationFn: makeKey,
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: ["keys"] }),
  });
  if (creation.data) {
    return (
      <Stack>
        <Facts narrow>
          <Fact name={t("officers.keys.name")}>{creation.data.key.name}</Fact>
          <Fact name={t("officers.keys.key")}>
            <CopyText text={creation.data.token} />
          </Fact>
        </Facts>
        <Alert color="turmeric">{t("officers.keys.shownOnce")}</Alert>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t("officers.handedOver")}</Button>
        </Group>
      </Stack>
    );
  }
  const field = (pointer: string) => fieldText(t, creation.error, pointer);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (area) creation.mutate({ name: name.trim(), area, days });
      }}
    >
      <Stack>
        <TextInput
          label={t("officers.keys.name")}
          description={t("officers.keys.nameHelp")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={field("/name")}
          maxLength={120}
          required
        />
        <UnitSelect label={t("common.unit")} description={t("officers.keys.areaHelp")} value={area} onChange={setArea} error={field("/area")} required />
        <Select
          label={t("officers.keys.life")}
          data={lives.map((count) => ({ value: String(count), label: t("officers.keys.days", { count }) }))}
          value={String(days)}
          onChange={(value) => value && setDays(Number(value))}
          allowDeselect={false}
        />
        <ProblemNote error={creation.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!name.trim() || !area} loading={creation.isPending}>
            {t("officers.keys.make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
