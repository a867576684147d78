// A team is set up on a signed document, until a day; nothing is filled in beforehand.
import { Button, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { formsQuery } from "../../api/declarations";
import { makeTeam } from "../../api/teams";
import { DayField } from "../../parts/DayField";
import { Dialog } from "../../parts/Dialog";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { useLanguage } from "../../parts/When";
import { useSentOnce } from "../../parts/useSentOnce";

const asked = ["daily-health", "home-isolation"]; // purposes of forms that are asked again and again, at home

export function NewTeamDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t("teams.new")}>
      <Fields onClose={onClose} />
    </Dialog>
  );
}

function Fields({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const forms = useQuery(formsQuery);
  const [unit, setUnit] = useState<string>();
  const [name, setName] = useState("");
  const [form, setForm] = useState<string | null>(null);
  const [basis, setBasis] = useState("");
  const [until, setUntil] = useState<string>();
  const make = useSentOnce(makeTeam);
  const making = useMutation({
    mutationFn: make,
    onSuccess: async (team) => {
      await client.invalidateQueries({ queryKey: ["teams"] });
      say(t("teams.made", { name: team.name }));
      onClose();
    },
  });
  const field = (pointer: string) => fieldText(t, making.error, pointer);
  const ready = unit && name.trim() && form && basis.trim() && until;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (unit && form && until) making.mutate({ unit, name: name.trim(), form, basis: basis.trim(), until });
      }}
    >
      <Stack>
        <UnitSelect label={t("common.unit")} value={unit} onChange={setUnit} error={field("/unit")} />
        <TextInput label={t("teams.name")} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={120} error={field("/name")} />
        <Select
          label={t("teams.form")}
          data={(forms.data?.items ?? []).filter((one) => asked.includes(one.purpose)).map((one) => ({ value: one.id, label: one.title[language] ?? one.id }))}
          value={form}
          onChange={setForm}
          error={field("/form")}
        />
        <Textarea label={t("teams.basis")} description={t("teams.basisHelp")} value={basis} onChange={(event) => setBasis(event.currentTarget.value)} maxLength={500} error={field("/basis")} />
        <DayField label={t("teams.until")} value={until} onChange={setUntil} error={field("/until")} />
        <ProblemNote error={making.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!ready} loading={making.isPending}>
            {t("teams.make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
