// Where a text is read, and what an officer adds to what holds there: calls for groups of people, and a number to ring.
import { Button, Fieldset, Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BroadcastAsked, BroadcastCall } from "../../api/types";
import { MomentField } from "../../parts/DayField";
import { Pair } from "../../parts/Pair";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";

type Call = Omit<BroadcastCall, "from" | "until"> & { key: number; from?: string | undefined; until?: string | undefined };

interface Props {
  own: string | undefined;
  busy: boolean;
  again: boolean;
  error: unknown;
  onAsk: (asked: BroadcastAsked) => void;
}

export function AskForm({ own, busy, again, error, onAsk }: Props) {
  const { t } = useTranslation();
  const [unit, setUnit] = useState(own);
  const [hotline, setHotline] = useState("");
  const [calls, setCalls] = useState<Call[]>([]);
  const change = (key: number, part: Partial<Call>) => setCalls((before) => before.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const field = (pointer: string) => fieldText(t, error, pointer);
  const ready = unit && calls.every((call) => call.who.trim() && call.where.trim() && call.from);
  const submit = () => {
    if (!unit) return;
    const asked = calls.flatMap(({ kind, who, where, from, until }) => (from ? [{ kind, who, where, from, ...(until ? { until } : {}) }] : []));
    onAsk({ unit, calls: asked, ...(hotline.trim() ? { hotline: hotline.trim() } : {}) });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <Pair>
          <UnitSelect label={t("broadcasts.unit")} value={unit} onChange={setUnit} error={field("/unit")} required />
          <TextInput
            label={t("broadcasts.hotline")}
            description={t("broadcasts.hotlineHelp")}
            value={hotline}
            onChange={(event) => setHotline(event.currentTarget.value)}
            maxLength={40}
            inputMode="tel"
          />
        </Pair>
        {calls.map((call, i) => (
          <Fieldset key={call.key} legend={t(`broadcasts.call.${call.kind}`)}>
            <Stack>
              <Pair>
                <TextInput
                  label={t("broadcasts.who")}
                  description={t("broadcasts.whoHelp")}
                  value={call.who}
                  onChange={(event) => change(call.key, { who: event.currentTarget.value })}
                  maxLength={200}
                  error={field(`/calls/${i}/who`)}
                  required
                />
                <TextInput
                  label={t("broadcasts.where")}
                  value={call.where}
                  onChange={(event) => change(call.key, { where: event.currentTarget.value })}
                  maxLength={200}
                  error={field(`/calls/${i}/where`)}
                  required
                />
              </Pair>
              <Pair>
                <MomentField label={t("broadcasts.from")} value={call.from} onChange={(from) => change(call.key, { from })} required />
                <MomentField label={t("broadcasts.until")} value={call.until} onChange={(until) => change(call.key, { until })} error={field(`/calls/${i}/until`)} />
              </Pair>
              <Group>
                <Button size="xs" variant="default" onClick={() => setCalls(calls.filter((one) => one.key !== call.key))}>
                  {t("broadcasts.removeCall")}
                </Button>
              </Group>
            </Stack>
          </Fieldset>
        ))}
        <ProblemNote error={error} />
        <Group>
          <Button type="submit" disabled={!ready} loading={busy}>
            {t(again ? "broadcasts.again" : "broadcasts.compose")}
          </Button>
          {(["test", "vaccination"] as const).map((kind) => (
            <Button
              key={kind}
              variant="default"
              onClick={() => setCalls([...calls, { key: Date.now() + calls.length, kind, who: "", where: "" }])}
              disabled={calls.length >= 10}
            >
              {t(`broadcasts.addCall.${kind}`)}
            </Button>
          ))}
        </Group>
      </Stack>
    </form>
  );
}
