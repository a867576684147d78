// A seat that was told by mistake is taken off its list: asked for in a sheet that says what it does.

import { ApiError, ask } from "@luytre/shared/api";
import { sentOnce } from "@luytre/shared/once";
import { dayAndClock } from "@luytre/shared/time";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api, client } from "../app/api";
import { tripsQuery } from "../app/queries";
import { useText } from "../i18n";
import { Button, Input, Sheet } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { useWords } from "./words";

interface Props {
  id: string;
  trip: { departure: string; towardsName: string };
  onDone: (seat: string) => void;
  onClose: () => void;
}

export function TakeOff({ id, trip: { departure, towardsName }, onDone, onClose }: Props) {
  const w = useWords();
  const { t, language } = useText();
  const [seat, setSeat] = useState("");
  const [once] = useState(() => sentOnce<{ departure: string; seat: string }, unknown>());
  const off = useMutation({
    mutationFn: (asked: string) =>
      once({ departure, seat: asked }, (body, key) =>
        ask(
          api.POST("/api/v1/places/{id}/passengers/take-off", {
            params: { path: { id }, header: { "Idempotency-Key": key } },
            body,
          }),
        ),
      ),
    onSuccess: async (_, asked) => {
      await client.invalidateQueries({ queryKey: tripsQuery(id).queryKey });
      onDone(asked);
    },
  });
  const unknown = off.error instanceof ApiError && off.error.field("/seat")?.code === "unknown";
  const asked = seat.trim();
  return (
    <Sheet title={w("off.title")} onClose={onClose}>
      <p className="numbers">
        {dayAndClock(departure, language)} · {towardsName}
      </p>
      <p>{w("off.text")}</p>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (asked && !off.isPending) off.mutate(asked);
        }}
      >
        <Input
          label={w("off.seat")}
          maxLength={20}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          value={seat}
          onValue={(value) => {
            setSeat(value);
            off.reset();
          }}
          wrong={unknown ? w("off.unknown") : undefined}
        />
        {!unknown && <Trouble error={off.error} />}
        <Button type="submit" tone="danger" wide busy={off.isPending} resting={!asked}>
          {w("off.do")}
        </Button>
        <Button tone="second" wide onClick={onClose}>
          {t("cancel")}
        </Button>
      </form>
    </Sheet>
  );
}
