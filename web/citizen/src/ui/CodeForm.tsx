// The six digits that were sent to a phone: they go off with the last one; a wrong code is typed anew, a dead one asked
// for anew.

import { ApiError } from "@luytre/shared/api";
import { useLayoutEffect, useRef, useState } from "react";

import { useNow } from "../app/hooks";
import { useText } from "../i18n";
import { Button, Input } from "./parts";
import { Trouble } from "./Trouble";

interface Step {
  text: string;
  run: () => void;
}

export function CodeForm({
  enter,
  again,
  back,
}: {
  enter: { text: string; run: (digits: string) => void; busy: boolean; error: unknown };
  /** `from`: the instant, in milliseconds, before which no other code is sent. */
  again: { from?: number; run: () => void; busy: boolean; error?: unknown };
  back: Step;
}) {
  const { t } = useText();
  const [code, setCode] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const now = useNow(1000);
  const seconds = Math.max(0, Math.ceil(((again.from ?? 0) - now) / 1000));
  const dead = enter.error instanceof ApiError && /code_(exhausted|expired)/.test(enter.error.code);
  const send = (digits: string) => {
    if (digits.length === 6 && !enter.busy) enter.run(digits);
  };
  useLayoutEffect(() => {
    setCode("");
    form.current?.querySelector("input")?.focus();
  }, [enter.error]);
  return (
    <form
      ref={form}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send(code);
      }}
    >
      <Input
        label={t("signIn.code")}
        className="big code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        value={code}
        onValue={(value) => {
          const digits = value.replace(/\D/g, "").slice(0, 6);
          setCode(digits);
          send(digits);
        }}
      />
      <Trouble error={enter.error ?? again.error} />
      {!dead && (
        <Button type="submit" wide busy={enter.busy}>
          {enter.text}
        </Button>
      )}
      <Button tone={dead ? "main" : "second"} wide busy={again.busy} resting={seconds > 0} onClick={again.run}>
        {seconds > 0 ? t("signIn.againIn", { seconds }) : t("signIn.again")}
      </Button>
      <Button tone="plain" wide onClick={back.run}>
        {back.text}
      </Button>
    </form>
  );
}
