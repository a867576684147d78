// Lets somebody who stands at the station back into the own record: the officer has seen person and paper, the person types the word.
import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { clock } from "@luytre/shared/time";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { releaseAtStation } from "../../api/station";
import { DayField } from "../../parts/DayField";
import { Dialog } from "../../parts/Dialog";
import { Pair } from "../../parts/Pair";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { useLanguage } from "../../parts/When";
import styles from "./StationRelease.module.css";

export function StationRelease({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t("station.title")} closeOnClickOutside={false}>
      <Fields onClose={onClose} />
    </Dialog>
  );
}

const shortestReason = 5;

function Fields({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [phone, setPhone] = useState("");
  const [paper, setPaper] = useState("");
  const [birthDate, setBirthDate] = useState<string>();
  const [reason, setReason] = useState("");
  const release = useMutation({ mutationFn: releaseAtStation, gcTime: 0 });
  const field = (pointer: string) => fieldText(t, release.error, pointer);
  if (release.data) {
    return (
      <Stack>
        <p>{t("station.word")}</p>
        <output className={styles.word}>{release.data.word}</output>
        <p>{t("station.wordHelp", { time: clock(release.data.expiresAt, language) })}</p>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t("common.close")}</Button>
        </Group>
      </Stack>
    );
  }
  const ready = phone.trim() !== "" && reason.trim().length >= shortestReason && (paper.trim() === "" || birthDate !== undefined);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        release.mutate({
          phone: phone.trim(),
          reason: reason.trim(),
          ...(paper.trim() && birthDate ? { paperNumber: paper.trim(), birthDate } : {}),
        });
      }}
    >
      <Stack>
        <p>{t("station.lead")}</p>
        <TextInput
          label={t("station.phone")}
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
          error={field("/phone")}
          inputMode="tel"
          autoComplete="off"
          required
          data-autofocus
        />
        <Pair>
          <TextInput
            label={t("station.paper")}
            description={t("station.paperHelp")}
            value={paper}
            onChange={(event) => setPaper(event.currentTarget.value)}
            error={field("/paperNumber")}
            autoComplete="off"
            spellCheck={false}
          />
          <DayField label={t("people.birthDate")} description={t("station.birthHelp")} value={birthDate} onChange={setBirthDate} error={field("/birthDate")} />
        </Pair>
        <Textarea
          label={t("common.reason")}
          description={t("common.reasonHelp")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={field("/reason")}
          autosize
          minRows={2}
          maxLength={500}
          required
        />
        <LoggedNote>{t("station.logged")}</LoggedNote>
        <ProblemNote error={release.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!ready} loading={release.isPending}>
            {t("station.give")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
