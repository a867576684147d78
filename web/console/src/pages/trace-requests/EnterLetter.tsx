// What stands on the letter. Nothing is filled in beforehand.
import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { enterTraceRequest } from "../../api/trace-requests";
import type { NewTraceRequest } from "../../api/types";
import { DayField } from "../../parts/DayField";
import { Dialog } from "../../parts/Dialog";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useSentOnce } from "../../parts/useSentOnce";

const kMost = { number: 80, authority: 200, signedBy: 120, caseNumber: 40 } as const;
const lines = ["number", "authority", "signedBy", "caseNumber"] as const;

export function EnterLetter({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t("traceRequests.enter")}>
      <Fields onClose={onClose} />
    </Dialog>
  );
}

function Fields({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [said, setSaid] = useState({ number: "", authority: "", signedBy: "", caseNumber: "", purpose: "" });
  const [date, setDate] = useState<string>();
  const send = useSentOnce((body: NewTraceRequest, key) => enterTraceRequest(body, key));
  const entering = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["trace-requests"] });
      say(t("traceRequests.entered"));
      onClose();
    },
  });
  const set = (name: keyof typeof said) => (value: string) => setSaid((before) => ({ ...before, [name]: value }));
  const field = (pointer: string) => fieldText(t, entering.error, pointer);
  const whole = date !== undefined && Object.values(said).every((text) => text.trim() !== "");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (date) entering.mutate({ ...said, date });
      }}
    >
      <Stack>
        {lines.map((name) => (
          <TextInput
            key={name}
            label={t(`traceRequests.${name}`)}
            description={name === "signedBy" ? t("traceRequests.signedByHelp") : undefined}
            value={said[name]}
            onChange={(event) => set(name)(event.currentTarget.value)}
            maxLength={kMost[name]}
            error={field(`/${name}`)}
            required
          />
        ))}
        <DayField label={t("traceRequests.date")} value={date} onChange={setDate} error={field("/date")} />
        <Textarea label={t("traceRequests.purpose")} value={said.purpose} onChange={(event) => set("purpose")(event.currentTarget.value)} maxLength={500} autosize minRows={2} error={field("/purpose")} required />
        <ProblemNote error={entering.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!whole} loading={entering.isPending}>
            {t("traceRequests.enter")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
