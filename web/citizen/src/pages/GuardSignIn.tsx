// A guard comes on duty: phone, how long, and the code sent to it. It opens this place's gate on this device, and nothing
// of anybody's own.

import { ask } from "@luytre/shared/api";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../app/api";
import { useNow } from "../app/hooks";
import { begin, type OnDuty } from "../guard/shift";
import { useText } from "../i18n";
import { showPhone, tidyPhone } from "../people/phone";
import { Gate } from "../ui/Gate";
import { Button, Choices, Input } from "../ui/parts";
import { Trouble, useFields } from "../ui/Trouble";

interface Sent {
  phone: string;
  request: string;
  hours: number;
  again: number;
}

async function askCode({ phone, hours }: { phone: string; hours: number }): Promise<Sent> {
  const { request, retryAfterSeconds } = await ask(api.POST("/api/v1/gate/codes", { body: { phone } }));
  return { phone, hours, request, again: Date.now() + retryAfterSeconds * 1000 };
}

export function GuardSignIn({ onDuty }: { onDuty: (duty: OnDuty) => void }) {
  const [sent, setSent] = useState<Sent>();
  return sent ? (
    <Code sent={sent} onResent={setSent} onBack={() => setSent(undefined)} onDuty={onDuty} />
  ) : (
    <Phone onSent={setSent} />
  );
}

function Phone({ onSent }: { onSent: (sent: Sent) => void }) {
  const { t } = useText();
  const [phone, setPhone] = useState("");
  const [hours, setHours] = useState("8");
  const [flaw, setFlaw] = useState(false);
  const request = useMutation({ mutationFn: askCode, onSuccess: onSent });
  const field = useFields(request.error);
  return (
    <Gate title={t("guard.title")} lead={t("guard.lead")}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const tidy = tidyPhone(phone);
          setFlaw(!tidy);
          if (tidy && !request.isPending) request.mutate({ phone: tidy, hours: Number(hours) });
        }}
      >
        <Input
          label={t("guard.phone")}
          className="big"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          value={phone}
          onValue={(value) => {
            setPhone(value);
            setFlaw(false);
          }}
          wrong={flaw ? t("signIn.phoneWrong") : field("/phone")}
        />
        <Choices
          label={t("guard.hours")}
          columns={3}
          value={hours}
          onValue={setHours}
          options={["4", "8", "12"].map((count) => ({ value: count, text: t("guard.hoursOf", { count: Number(count) }) }))}
        />
        {!field("/phone") && <Trouble error={request.error} />}
        <Button type="submit" wide busy={request.isPending}>
          {t("signIn.send")}
        </Button>
      </form>
      <p className="small soft">{t("guard.promise")}</p>
    </Gate>
  );
}

function Code({
  sent,
  onResent,
  onBack,
  onDuty,
}: {
  sent: Sent;
  onResent: (sent: Sent) => void;
  onBack: () => void;
  onDuty: (duty: OnDuty) => void;
}) {
  const { t } = useText();
  const [code, setCode] = useState("");
  const now = useNow(1000);
  const again = useMutation({ mutationFn: () => askCode(sent), onSuccess: onResent });
  const enter = useMutation({
    mutationFn: (digits: string) => begin(sent.phone, sent.request, digits, sent.hours),
    onSuccess: onDuty,
    onError: () => setCode(""),
  });
  const seconds = Math.max(0, Math.ceil((sent.again - now) / 1000));
  return (
    <Gate title={t("signIn.codeTitle")} lead={t("signIn.codeLead", { phone: showPhone(sent.phone) })}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (code.length === 6 && !enter.isPending) enter.mutate(code);
        }}
      >
        <Input
          label={t("signIn.code")}
          className="big code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          autoFocus
          value={code}
          onValue={(value) => setCode(value.replace(/\D/g, "").slice(0, 6))}
        />
        <Trouble error={enter.error ?? again.error} />
        <Button type="submit" wide busy={enter.isPending}>
          {t("guard.begin")}
        </Button>
        <Button tone="second" wide busy={again.isPending} resting={seconds > 0} onClick={() => again.mutate()}>
          {seconds > 0 ? t("signIn.againIn", { seconds }) : t("signIn.again")}
        </Button>
        <Button tone="plain" wide onClick={onBack}>
          {t("signIn.otherPhone")}
        </Button>
      </form>
    </Gate>
  );
}
