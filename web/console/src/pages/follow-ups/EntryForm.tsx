// What a call or a visit found: one tap, which symptoms, how, and for which day. Nothing is chosen beforehand but today.
import { Button, Checkbox, Group, NativeSelect, Radio, Textarea } from "@mantine/core";
import { day as shown, localDate, noon } from "@luytre/shared/time";
import { IconAlertTriangle, IconMoodSmile, IconPhoneOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { FollowUp, FollowUpEntry, NewFollowUpEntry } from "../../api/types";
import { generalSigns, otherSign, type Sign } from "../../logic/signs";
import choices from "../../parts/OutcomeChoice.module.css";
import { Panel } from "../../parts/Panel";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useLanguage, useNow } from "../../parts/When";
import styles from "./FollowUpsPage.module.css";

type Finding = NewFollowUpEntry["finding"];

const findings = ["none", "symptoms", "notReached"] as const satisfies readonly Finding[];
const icons = { none: IconMoodSmile, symptoms: IconAlertTriangle, notReached: IconPhoneOff };
const ways = ["call", "visit"] as const satisfies readonly NewFollowUpEntry["via"][];

interface Props {
  /** Of which days it may be; none: of when it is noted. */
  days?: FollowUp["days"];
  corrects?: FollowUpEntry | undefined;
  /** That the disease has on a day; nothing: it is not known here, and the general ones are offered. */
  signs: (day: string) => readonly Sign[] | undefined;
  save: (entry: NewFollowUpEntry) => Promise<unknown>;
  said: string;
  onLeave?: () => void;
  onSaved: () => void;
}

export function EntryForm({ days: all = [], corrects, signs, save: send, said, onLeave, onSaved }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const today = localDate(useNow());
  const [finding, setFinding] = useState<Finding>();
  const [found, setFound] = useState<string[]>([]);
  const [via, setVia] = useState<string>("");
  const [on, setOn] = useState(corrects?.day ?? today);
  const [note, setNote] = useState("");
  const why = useRef<HTMLParagraphElement>(null);
  // The entry stands further down; on a phone the form would open out of sight.
  useEffect(() => why.current?.focus(), []);
  const saving = useMutation({
    mutationFn: send,
    networkMode: "always",
    onSuccess: () => {
      say(said);
      onSaved();
    },
  });
  const short = (date: string) => shown(noon(date), language).slice(0, 5);
  const days = all.map((one) => one.date).filter((date) => date <= today).reverse();
  const way = ways.find((one) => one === via);
  const offered = [
    ...(signs(on)?.map((one) => ({ id: one.id, text: one.text[language] })) ?? generalSigns.map((id) => ({ id, text: t(`followUps.symptom.${id}`) }))),
    { id: otherSign, text: t("followUps.symptom.other") },
  ];
  const chosen = finding === "symptoms" ? offered.map((one) => one.id).filter((id) => found.includes(id)) : [];
  const whole = finding !== undefined && way !== undefined && (finding !== "symptoms" || chosen.length > 0) && (!chosen.includes(otherSign) || note.trim() !== "");
  const save = () => {
    if (!finding || !way) return;
    saving.mutate({
      finding,
      symptoms: chosen,
      via: way,
      ...(days.length > 0 ? { day: on } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
      ...(corrects ? { corrects: corrects.id } : {}),
    });
  };
  return (
    <Panel title={t("followUps.record")} tight>
      {corrects && (
        <p ref={why} tabIndex={-1}>
          {t("followUps.correcting", { day: short(corrects.day) })}{" "}
          <Button variant="subtle" size="compact-sm" onClick={onLeave}>
            {t("followUps.stopCorrecting")}
          </Button>
        </p>
      )}
      <div className={choices.outcomes} role="group" aria-label={t("followUps.record")}>
        {findings.map((one) => {
          const Icon = icons[one];
          return (
            <button key={one} type="button" aria-pressed={finding === one} onClick={() => setFinding(one)}>
              <Icon size={22} stroke={1.6} aria-hidden />
              {t(`followUps.finding.${one}`)}
            </button>
          );
        })}
      </div>
      {finding && (
        <form
          className={`${choices.more} ${styles.form}`}
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <p>{t(`followUps.then.${finding}`)}</p>
          {finding === "symptoms" && (
            <Checkbox.Group label={t("followUps.symptomsHead")} value={found} onChange={setFound} error={fieldText(t, saving.error, "/symptoms")}>
              <Group gap="md" mt={6}>
                {offered.map((one) => (
                  <Checkbox key={one.id} value={one.id} label={one.text} />
                ))}
              </Group>
            </Checkbox.Group>
          )}
          <Radio.Group label={t("followUps.viaHead")} value={via} onChange={setVia}>
            <Group gap="md" mt={6}>
              {ways.map((one) => (
                <Radio key={one} value={one} label={t(`followUps.via.${one}`)} />
              ))}
            </Group>
          </Radio.Group>
          {days.length > 1 && (
            <NativeSelect
              label={t("followUps.dayHead")}
              value={on}
              onChange={(event) => setOn(event.currentTarget.value)}
              data={days.map((date) => ({ value: date, label: date === today ? t("followUps.today", { day: short(date) }) : short(date) }))}
              error={fieldText(t, saving.error, "/day")}
            />
          )}
          <Textarea label={t("followUps.note")} value={note} required={chosen.includes(otherSign)} onChange={(event) => setNote(event.currentTarget.value)} autosize minRows={2} maxLength={1000} />
          <ProblemNote error={saving.error} />
          <Group justify="flex-end">
            <Button type="submit" disabled={!whole} loading={saving.isPending}>
              {t("followUps.save")}
            </Button>
          </Group>
        </form>
      )}
    </Panel>
  );
}
