// Setting or changing the PIN: six digits, twice.

import { ask, type Session } from "@luytre/shared/api";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api, client } from "../app/api";
import { sessionQuery } from "../app/queries";
import { useSession } from "../app/session";
import { useText } from "../i18n";
import { Button, Input } from "../ui/parts";
import { Trouble, useFields } from "../ui/Trouble";
import { isEasyPin } from "./pin";

const digits = (text: string) => text.replace(/\D/g, "").slice(0, 6);

export function PinForm({ onDone }: { onDone: () => void }) {
  const { t } = useText();
  const change = useSession()?.hasPin ?? false;
  const [current, setCurrent] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: () => ask(api.PUT("/api/v1/auth/pin", { body: { pin, ...(change ? { current } : {}) } })),
    onSuccess: () => {
      client.setQueryData(
        sessionQuery.queryKey,
        (session: Session | null | undefined) => session && { ...session, hasPin: true },
      );
      onDone();
    },
  });
  const field = useFields(save.error);
  const flaw = pin.length !== 6 ? t("pin.six") : isEasyPin(pin) ? t("pin.easy") : undefined;
  const differs = pin !== again ? t("pin.differ") : undefined;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!flaw && !differs && !save.isPending) save.mutate();
      }}
    >
      {change && (
        <Input
          label={t("pin.current")}
          className="big code"
          type="password"
          inputMode="numeric"
          autoComplete="current-password"
          value={current}
          onValue={(value) => setCurrent(digits(value))}
          wrong={field("/current")}
        />
      )}
      <Input
        label={t("pin.new")}
        className="big code"
        type="password"
        inputMode="numeric"
        autoComplete="new-password"
        value={pin}
        onValue={(value) => setPin(digits(value))}
        wrong={(tried ? flaw : undefined) ?? field("/pin")}
      />
      <Input
        label={t("pin.again")}
        className="big code"
        type="password"
        inputMode="numeric"
        autoComplete="new-password"
        value={again}
        onValue={(value) => setAgain(digits(value))}
        wrong={tried ? differs : undefined}
      />
      <Trouble error={save.error} />
      <Button type="submit" wide busy={save.isPending}>
        {t("pin.save")}
      </Button>
    </form>
  );
}
