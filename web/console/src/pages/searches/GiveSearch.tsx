// Whom to find, by whose tracers, what to ask, and why. Nothing is filled in beforehand but the officer's own unit.
import { Button, Group, Select, Stack, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { giveSearch } from "../../api/searches";
import { useOfficer } from "../../api/session";
import type { NewSearch, PersonBrief } from "../../api/types";
import { ownArea } from "../../logic/navigation";
import { Dialog } from "../../parts/Dialog";
import { PersonFinder } from "../../parts/PersonFinder";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { useSentOnce } from "../../parts/useSentOnce";

const kHours = [4, 24, 72] as const;

export function GiveSearch({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t("searches.give")}>
      <Steps onClose={onClose} />
    </Dialog>
  );
}

function Steps({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [person, setPerson] = useState<PersonBrief>();
  if (!person) return <PersonFinder action={t("searches.choose")} onTake={setPerson} />;
  return <Fields person={person} onClose={onClose} />;
}

function Fields({ person, onClose }: { person: PersonBrief; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [unit, setUnit] = useState(ownArea(useOfficer()));
  const [ask, setAsk] = useState("");
  const [reason, setReason] = useState("");
  // Until when is fixed as it is chosen: sent again, the same search is the same one.
  const [within, setWithin] = useState<{ hours: string; dueAt: string }>();
  const send = useSentOnce((body: NewSearch, key) => giveSearch(body, key));
  const giving = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["searches"] });
      say(t("searches.given"));
      onClose();
    },
  });
  const field = (pointer: string) => fieldText(t, giving.error, pointer);
  const whole = unit && ask.trim() && reason.trim() && within;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (unit && within && whole) giving.mutate({ person: person.id, unit, ask: ask.trim(), reason: reason.trim(), dueAt: within.dueAt });
      }}
    >
      <Stack>
        <p>
          {t("searches.person")}: <b>{person.name}</b>
        </p>
        <UnitSelect label={t("searches.unit")} value={unit} onChange={setUnit} error={field("/unit")} required />
        <p className="quiet">{t("searches.unitHelp")}</p>
        <Textarea
          label={t("searches.ask")}
          description={t("searches.askHelp")}
          value={ask}
          onChange={(event) => setAsk(event.currentTarget.value)}
          maxLength={500}
          autosize
          minRows={2}
          error={field("/ask")}
          required
        />
        <Textarea
          label={t("searches.reason")}
          description={t("searches.reasonHelp")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={300}
          autosize
          error={field("/reason")}
          required
        />
        <Select
          label={t("searches.within")}
          data={kHours.map((hours) => ({ value: String(hours), label: hours < 24 ? t("searches.hours", { count: hours }) : t("searches.days", { count: hours / 24 }) }))}
          value={within?.hours ?? null}
          onChange={(hours) => setWithin(hours ? { hours, dueAt: new Date(Date.now() + Number(hours) * 3600_000).toISOString() } : undefined)}
          error={field("/dueAt")}
          required
        />
        <ProblemNote error={giving.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!whole} loading={giving.isPending}>
            {t("searches.give")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
