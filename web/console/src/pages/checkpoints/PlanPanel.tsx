// Who should stand at a checkpoint, who is absent, when nobody will be there; officers of the area plan, too.
import { Button, Group, NativeSelect, NumberInput, Stack, TextInput } from "@mantine/core";
import { localDate, spanOf } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { planGuardsQuery, planShift, takeShiftBack } from "../../api/checkpoints";
import { queryClient } from "../../api/query-client";
import type { Checkpoint, NewShift } from "../../api/types";
import { parseClock } from "../../logic/moments";
import { Badge } from "../../parts/Badges";
import { DayField } from "../../parts/DayField";
import { Panel } from "../../parts/Panel";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { WhenSpan } from "../../parts/When";
import styles from "./Checkpoints.module.css";

const again = () => queryClient.invalidateQueries({ queryKey: ["checkpoints"] });

export function PlanPanel({ place, plan }: { place: string; plan: Checkpoint["plan"] }) {
  const { t } = useTranslation();
  const taking = useMutation({ mutationFn: (shift: string) => takeShiftBack(place, shift), onSuccess: again });
  return (
    <Panel title={t("checkpoints.plan.title")}>
      <Stack>
        {plan.gaps.map((gap) => (
          <p key={gap.from} role="status">
            <Badge tone="lacquer" solid>
              {t("checkpoints.plan.gap")}
            </Badge>{" "}
            <WhenSpan from={gap.from} to={gap.until} />
          </p>
        ))}
        {plan.shifts.length === 0 && <p>{t("checkpoints.plan.none")}</p>}
        <ul className={styles.list}>
          {plan.shifts.map((shift) => (
            <li key={shift.id}>
              <strong>{shift.name}</strong> <WhenSpan from={shift.from} to={shift.until} />{" "}
              {shift.attendance !== "planned" && (
                <Badge tone={shift.attendance === "absent" ? "lacquer" : "bamboo"}>{t(`checkpoints.plan.${shift.attendance}`)}</Badge>
              )}{" "}
              <Button size="compact-xs" variant="subtle" aria-label={`${t("checkpoints.plan.remove")}: ${shift.name}`} onClick={() => taking.mutate(shift.id)}>
                {t("checkpoints.plan.remove")}
              </Button>
            </li>
          ))}
        </ul>
        <ProblemNote error={taking.error} />
        <NewShiftForm place={place} />
      </Stack>
    </Panel>
  );
}

function NewShiftForm({ place }: { place: string }) {
  const { t } = useTranslation();
  const guards = useQuery(planGuardsQuery(place));
  const [guard, setGuard] = useState("");
  const [day, setDay] = useState<string | undefined>(() => localDate(Date.now()));
  const [from, setFrom] = useState("6h");
  const [until, setUntil] = useState("14h");
  const [days, setDays] = useState<number | string>(1);
  const sent = useRef({ body: "", key: "" });
  const adding = useMutation({
    mutationFn: (body: NewShift) => {
      const text = JSON.stringify(body);
      if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() }; // the same planned again counts once
      return planShift(place, body, sent.current.key);
    },
    onSuccess: async () => {
      sent.current = { body: "", key: "" };
      await again();
    },
  });
  const [begins, ends] = [parseClock(from), parseClock(until)];
  const ready = guard !== "" && day !== undefined && begins !== undefined && ends !== undefined && Number(days) >= 1;
  if (guards.data?.length === 0) return <p className="quiet">{t("checkpoints.plan.noGuards")}</p>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        adding.mutate({ guard, ...spanOf(day, begins, ends), days: Number(days) });
      }}
    >
      <Group align="end">
        <NativeSelect
          label={t("checkpoints.plan.guard")}
          data={[{ value: "", label: "" }, ...(guards.data ?? []).map((each) => ({ value: each.id, label: each.name }))]}
          value={guard}
          onChange={(event) => setGuard(event.currentTarget.value)}
        />
        <DayField label={t("checkpoints.plan.day")} value={day} onChange={setDay} />
        <TextInput label={t("checkpoints.plan.from")} value={from} onChange={(event) => setFrom(event.currentTarget.value)} w={90} error={from !== "" && !begins} />
        <TextInput label={t("checkpoints.plan.until")} value={until} onChange={(event) => setUntil(event.currentTarget.value)} w={90} error={fieldText(t, adding.error, "/until")} />
        <NumberInput label={t("checkpoints.plan.days")} min={1} max={31} value={days} onChange={setDays} w={110} />
        <Button type="submit" variant="default" disabled={!ready} loading={adding.isPending}>
          {t("checkpoints.plan.add")}
        </Button>
      </Group>
      <ProblemNote error={adding.error ?? guards.error} />
    </form>
  );
}
