// Many orders at once: their end is proposed, or what waits of them is signed; each line has its own outcome.
import { Button, Checkbox, Group, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { proposeTogether, signTogether } from "../../api/orders";
import type { Order, TogetherLine } from "../../api/types";
import type { orderViews } from "../../logic/filters";
import { showDay } from "../../logic/moments";
import type { Column } from "../../parts/DataTable";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { useSentOnce } from "../../parts/useSentOnce";
import { Refusal } from "./Refusal";
import { SignDialog } from "./SignDialog";

type View = (typeof orderViews)[number];
const most = 200; // modules/quarantine/quarantine.h: kTogetherMost

/** Whether there is anything to do with it beside others. */
const fits = (view: View, row: Order): boolean => (view === "waiting" ? row.maySign : (view === "tomorrow" || view === "overdue") && row.state === "running" && !row.waiting);

interface Outcome {
  line: TogetherLine;
  name: string;
}

export function useTogether(view: View, rows: readonly Order[]) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState(false);
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);
  const able = rows.filter((row) => fits(view, row));
  const chosen = able.filter((row) => ticked.has(row.id)).slice(0, most);
  const propose = useSentOnce(proposeTogether);
  const sign = useSentOnce(signTogether);
  const acting = useMutation({
    mutationFn: (words: string) =>
      view === "waiting"
        ? sign({ authority: words, items: chosen.map(({ id, version }) => ({ order: id, version })) })
        : propose({ items: chosen.map(({ id, version }) => ({ order: id, version, step: { kind: "release" as const, reason: words } })) }),
    onSuccess: ({ items }) => {
      setOutcomes(items.map((line) => ({ line, name: rows.find((row) => row.id === line.order)?.person.name ?? "" })));
      setTicked(new Set());
      setOpen(false);
      void client.invalidateQueries({ queryKey: ["orders"] });
    },
  });
  const tick = (id: string, on: boolean) =>
    setTicked((before) => {
      const next = new Set(before);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  const column: Column<Order> = {
    key: "tick",
    head: t("orders.together.choose"),
    silent: true,
    cell: (row) => fits(view, row) && <Checkbox aria-label={t("orders.together.chooseOne", { name: row.person.name })} checked={ticked.has(row.id)} onChange={(event) => tick(row.id, event.currentTarget.checked)} />,
  };
  const signing = view === "waiting";
  const close = () => setOpen(false);
  const lines = (
    <ul>
      {chosen.map((row) => (
        <li key={row.id}>
          {row.person.name} · {signing && row.waiting ? t(`orders.step.${row.waiting}`) : t("orders.step.release")} · {showDay(row.lastDay)}
          {signing && row.waitingLastDay && ` → ${showDay(row.waitingLastDay)}`}
        </li>
      ))}
    </ul>
  );
  const panel = (able.length > 0 || outcomes.length > 0) && (
    <Panel tight>
      <Stack gap="xs">
        {able.length > 0 && (
          <Group>
            <Button variant="default" onClick={() => setTicked(new Set(chosen.length === able.length ? [] : able.map((row) => row.id)))}>
              {t(chosen.length === able.length ? "orders.together.none" : "orders.together.all", { count: able.length })}
            </Button>
            <Button
              disabled={chosen.length === 0}
              onClick={() => {
                acting.reset();
                setOpen(true);
              }}
            >
              {t(signing ? "orders.together.sign" : "orders.together.release", { count: chosen.length })}
            </Button>
          </Group>
        )}
        {outcomes.length > 0 && (
          <ul role="status">
            {outcomes.map(({ line, name }) => (
              <li key={line.order}>
                {name}: {line.refused ? <Refusal code={line.refused} /> : t(signing ? "orders.together.signed" : "orders.together.proposed")}
              </li>
            ))}
          </ul>
        )}
      </Stack>
      {signing ? (
        <SignDialog opened={open} title={t("orders.together.signTitle")} busy={acting.isPending} error={<ProblemNote error={acting.error} />} onSign={(words) => acting.mutate(words)} onClose={close}>
          <p>{t("orders.together.signLead")}</p>
          {lines}
        </SignDialog>
      ) : (
        <ReasonDialog opened={open} title={t("orders.together.release", { count: chosen.length })} action={t("orders.propose")} busy={acting.isPending} error={<ProblemNote error={acting.error} />} onReason={(reason) => acting.mutate(reason)} onClose={close}>
          {lines}
          <p>{t("orders.then.release")}</p>
        </ReasonDialog>
      )}
    </Panel>
  );
  return { column: able.length > 0 ? [column] : [], panel };
}
