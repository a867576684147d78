// A seat of a list that was sent, in which nobody sat after all. The keeper sees no names, so the seat is typed.

import { ask } from "@luytre/shared/api";
import { sentOnce } from "@luytre/shared/once";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api, client } from "../app/api";
import { tripsQuery } from "../app/queries";
import { toast } from "../app/toast";
import { useText } from "../i18n";
import { Button, Input, Sheet } from "../ui/parts";
import { Trouble } from "../ui/Trouble";

interface Seat {
  departure: string;
  seat: string;
}

export function TakeOff({ id, departure }: { id: string; departure: string }) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const [seat, setSeat] = useState("");
  const [once] = useState(() => sentOnce<Seat, unknown>());
  const off = useMutation({
    mutationFn: (wanted: Seat) =>
      once(wanted, (body, key) =>
        ask(
          api.POST("/api/v1/places/{id}/passengers/off", {
            params: { path: { id }, header: { "Idempotency-Key": key } },
            body,
          }),
        ),
      ),
    onSuccess: (_, { seat: gone }) => {
      setAsking(false);
      setSeat("");
      toast({ text: t("passengers.offDone", { seat: gone }) });
      void client.invalidateQueries({ queryKey: tripsQuery(id).queryKey });
    },
  });
  return (
    <>
      <Button tone="plain" onClick={() => setAsking(true)}>
        {t("passengers.off")}
      </Button>
      {asking && (
        <Sheet title={t("passengers.offTitle")} onClose={() => setAsking(false)}>
          <form
            className="stack"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              if (seat.trim() && !off.isPending) off.mutate({ departure, seat: seat.trim() });
            }}
          >
            <p>{t("passengers.offText")}</p>
            <Input label={t("passengers.column.seat")} value={seat} onValue={setSeat} autoComplete="off" maxLength={20} />
            <Trouble error={off.error} />
            <Button type="submit" wide busy={off.isPending} resting={!seat.trim()}>
              {t("passengers.offDo")}
            </Button>
          </form>
        </Sheet>
      )}
    </>
  );
}
