// What somebody under an order asked for at the site or by phone, written down by an officer; a station is told.
import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { tellNeed } from "../../api/needs";
import type { ToldNeed } from "../../api/types";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";

const kinds = ["food", "medicine", "hygiene", "other"] as const satisfies readonly ToldNeed["kind"][];
const ways = ["phone", "site"] as const satisfies readonly ToldNeed["via"][];

/** `atSite`: written down by who keeps the site where they lie. */
export function NeedPanel({ order, atSite = false }: { order: string; atSite?: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [kind, setKind] = useState("");
  const [via, setVia] = useState<(typeof ways)[number]>(atSite ? "site" : "phone");
  const [words, setWords] = useState("");
  const telling = useMutation({
    mutationFn: (body: ToldNeed) => tellNeed(order, body),
    onSuccess: () => {
      setKind("");
      setWords("");
      say(t("orders.needs.told"));
      void client.invalidateQueries({ queryKey: ["orders", "needs"] });
    },
  });
  const chosen = kinds.find((one) => one === kind);
  return (
    <Panel title={t("orders.needs.write")} tight>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen) telling.mutate({ kind: chosen, via, ...(words.trim() ? { words: words.trim() } : {}) });
        }}
      >
        <ProblemNote error={telling.error} />
        <Group align="flex-end">
          <NativeSelect label={t("orders.needs.what")} value={kind} onChange={(event) => setKind(event.currentTarget.value)} data={[{ value: "", label: t("orders.needs.choose") }, ...kinds.map((value) => ({ value, label: t(`orders.needs.kind.${value}`) }))]} />
          <TextInput label={t("orders.needs.words")} value={words} onChange={(event) => setWords(event.currentTarget.value)} maxLength={500} required={chosen === "other"} />
          {!atSite && <NativeSelect label={t("orders.needs.viaHead")} value={via} onChange={(event) => setVia(ways.find((one) => one === event.currentTarget.value) ?? "phone")} data={ways.map((value) => ({ value, label: t(`orders.needs.via.${value}`) }))} />}
          <Button type="submit" disabled={!chosen || (chosen === "other" && !words.trim())} loading={telling.isPending}>
            {t("orders.needs.send")}
          </Button>
        </Group>
      </form>
    </Panel>
  );
}
