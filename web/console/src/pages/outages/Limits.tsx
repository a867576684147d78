// From when on an outage begins by itself: for codes, and for all other messages. Nothing is filled in beforehand.
import { Button, Group, NumberInput, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { setOutageLimit } from "../../api/outages";
import type { OutageLimit } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { Panel } from "../../parts/Panel";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { kinds, type Kind } from "./DeclareDialog";
import { useDelay } from "./useDelay";

export function Limits({ limits }: { limits: readonly OutageLimit[] }) {
  const { t } = useTranslation();
  const delay = useDelay();
  const [kind, setKind] = useState<Kind>();
  return (
    <Panel title={t("outages.limits")}>
      <Stack gap="sm">
        {kinds.map((one) => {
          const limit = limits.find((each) => each.kind === one);
          return (
            <Group key={one} gap="sm">
              <b>{t(`outages.kind.${one}`)}</b>
              <span>
                {limit
                  ? t("outages.limit", { failed: limit.failedPercent, delay: delay(limit.delaySeconds), window: limit.windowMinutes, least: limit.least })
                  : t("outages.noLimit")}
              </span>
              <Button size="xs" variant="default" onClick={() => setKind(one)} aria-label={`${t("outages.set")}: ${t(`outages.kind.${one}`)}`}>
                {t("outages.set")}
              </Button>
            </Group>
          );
        })}
      </Stack>
      <Dialog opened={kind !== undefined} onClose={() => setKind(undefined)} title={kind && `${t("outages.limits")}: ${t(`outages.kind.${kind}`)}`}>
        {kind && <Fields kind={kind} held={limits.find((each) => each.kind === kind)} onClose={() => setKind(undefined)} />}
      </Dialog>
    </Panel>
  );
}

const fields = ["failedPercent", "delaySeconds", "windowMinutes", "least"] as const;
type Numbers = Partial<Record<(typeof fields)[number], number | string>>;

function Fields({ kind, held, onClose }: { kind: Kind; held: OutageLimit | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [numbers, setNumbers] = useState<Numbers>(held ?? {});
  const number = (name: (typeof fields)[number]) => (typeof numbers[name] === "number" ? numbers[name] : undefined);
  const [failedPercent, delaySeconds, windowMinutes, least] = fields.map(number);
  const setting = useMutation({
    mutationFn: setOutageLimit,
    onSuccess: async (_, { on }) => {
      await client.invalidateQueries({ queryKey: ["outages"] });
      say(t(on ? "outages.saved" : "outages.removed"));
      onClose();
    },
  });
  const whole = failedPercent !== undefined && delaySeconds !== undefined && windowMinutes !== undefined && least !== undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) setting.mutate({ kind, on: true, failedPercent, delaySeconds, windowMinutes, least });
      }}
    >
      <Stack>
        {fields.map((name) => (
          <NumberInput
            key={name}
            label={t(`outages.${name}`)}
            value={numbers[name] ?? ""}
            onChange={(value) => setNumbers({ ...numbers, [name]: value })}
            min={1}
            allowDecimal={false}
            hideControls
            error={fieldText(t, setting.error, `/${name}`)}
            required
          />
        ))}
        <ProblemNote error={setting.error} />
        <Group justify="flex-end">
          {held && (
            <Button variant="default" onClick={() => setting.mutate({ kind, on: false })}>
              {t("outages.setOff")}
            </Button>
          )}
          <Button type="submit" disabled={!whole} loading={setting.isPending}>
            {t("outages.set")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
