// What somebody under an order needs: asked here, or by calling the station; and what became of it.

import { ask } from "@luytre/shared/api";
import { dayAndClock } from "@luytre/shared/time";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api, client } from "../app/api";
import { useText } from "../i18n";
import { Button, Input, Select } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { ordersQuery, type MyOrder } from "./queries";
import { useOrderWords } from "./words";

const kinds = ["food", "medicine", "hygiene", "other"] as const;

export function Needs({ of }: { of: MyOrder }) {
  const w = useOrderWords();
  const { language } = useText();
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState("");
  const [words, setWords] = useState("");
  const chosen = kinds.find((one) => one === kind);
  const asking = useMutation({
    mutationFn: (need: (typeof kinds)[number]) =>
      ask(api.POST("/api/v1/me/orders/{id}/needs", { params: { path: { id: of.id } }, body: { kind: need, ...(words.trim() ? { words: words.trim() } : {}) } })),
    onSuccess: () => {
      setKind("");
      setWords("");
      setOpen(false);
      return client.invalidateQueries({ queryKey: ordersQuery.queryKey });
    },
  });
  return (
    <div className="stack-small">
      <p>
        <b>{w("needs.title")}</b>
        <br />
        <span className="small soft">{w("needs.lead")}</span>
      </p>
      {of.needs.length > 0 && (
        <ul role="status">
          {of.needs.map((need) => (
            <li key={need.at + need.kind + need.words}>
              {[w(`needs.kind.${need.kind}`), need.words].filter(Boolean).join(": ")} · {dayAndClock(need.at, language)} · {w(`needs.state.${need.state}`)}
            </li>
          ))}
        </ul>
      )}
      {open ? (
        <form
          className="stack-small"
          onSubmit={(event) => {
            event.preventDefault();
            if (chosen) asking.mutate(chosen);
          }}
        >
          <Select label={w("needs.what")} value={kind} onValue={setKind} options={kinds.map((value) => ({ value, text: w(`needs.kind.${value}`) }))} />
          <Input label={w("needs.words")} optional={chosen !== "other"} value={words} onValue={setWords} maxLength={500} />
          <Trouble error={asking.error} />
          <Button type="submit" busy={asking.isPending} resting={!chosen || (chosen === "other" && !words.trim())}>
            {w("needs.send")}
          </Button>
        </form>
      ) : (
        <Button tone="second" onClick={() => setOpen(true)}>
          {w("needs.ask")}
        </Button>
      )}
    </div>
  );
}
