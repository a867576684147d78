// Who, of which union, where, and until when. Nothing is filled in beforehand but the officer's own unit.
import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { nameHelper } from "../../api/helpers";
import { useOfficer } from "../../api/session";
import { organisations } from "../../logic/filters";
import { ownArea } from "../../logic/navigation";
import { DayField } from "../../parts/DayField";
import { Dialog } from "../../parts/Dialog";
import { Pair } from "../../parts/Pair";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";

export function NameHelper({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t("helpers.name")}>
      <Fields onClose={onClose} />
    </Dialog>
  );
}

function Fields({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [unit, setUnit] = useState(ownArea(useOfficer()));
  const [organisation, setOrganisation] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [firstDay, setFirstDay] = useState<string>();
  const [lastDay, setLastDay] = useState<string>();
  const naming = useMutation({
    mutationFn: nameHelper,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["helpers"] });
      say(t("helpers.named"));
      onClose();
    },
  });
  const chosen = organisations.find((one) => one === organisation);
  const field = (pointer: string) => fieldText(t, naming.error, pointer);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (unit && chosen && firstDay && lastDay) naming.mutate({ unit, organisation: chosen, name: name.trim(), phone: phone.trim(), firstDay, lastDay });
      }}
    >
      <Stack>
        <TextInput label={t("helpers.fullName")} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={120} error={field("/name")} required data-autofocus />
        <TextInput
          label={t("helpers.phone")}
          description={t("helpers.phoneHelp")}
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
          maxLength={40}
          inputMode="tel"
          error={field("/phone")}
          required
        />
        <Select
          label={t("helpers.organisation")}
          data={organisations.map((one) => ({ value: one, label: t(`helpers.organisations.${one}`) }))}
          value={organisation}
          onChange={setOrganisation}
          required
        />
        <UnitSelect label={t("common.unit")} value={unit} onChange={setUnit} error={field("/unit")} required />
        <Pair>
          <DayField label={t("helpers.firstDay")} value={firstDay} onChange={setFirstDay} error={field("/firstDay")} />
          <DayField label={t("helpers.lastDay")} value={lastDay} onChange={setLastDay} error={field("/lastDay")} />
        </Pair>
        <ProblemNote error={naming.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!unit || !chosen || !name.trim() || !phone.trim() || !firstDay || !lastDay} loading={naming.isPending}>
            {t("helpers.name")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
