// A laboratory is registered, so that tubes can be sent to it.
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { addLaboratory } from "../../api/laboratory";
import { Dialog } from "../../parts/Dialog";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { useSentOnce } from "../../parts/useSentOnce";

export function NewLaboratoryDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t("laboratory.addLab")}>
      <Fields onClose={onClose} />
    </Dialog>
  );
}

function Fields({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [unit, setUnit] = useState<string>();
  const add = useSentOnce(addLaboratory);
  const adding = useMutation({
    mutationFn: add,
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ["laboratory", "labs"] });
      say(t("laboratory.added", { name: made.name }));
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (unit && name.trim()) adding.mutate({ unit, name: name.trim() });
      }}
    >
      <Stack>
        <TextInput
          label={t("laboratory.name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={120}
          error={fieldText(t, adding.error, "/name")}
        />
        <UnitSelect label={t("common.unit")} description={t("laboratory.labUnitHelp")} value={unit} onChange={setUnit} error={fieldText(t, adding.error, "/unit")} />
        <ProblemNote error={adding.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!unit || !name.trim()} loading={adding.isPending}>
            {t("laboratory.addLab")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
