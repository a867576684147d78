// A guard comes on duty: phone, how long, and the code sent to it. It opens this place's gate on this device, and nothing
// of anybody's own. When messages do not come, the code is one that the keeper gives.

import { ask } from "@luytre/shared/api";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../app/api";
import { ShiftsEnded } from "../guard/RefusedLater";
import { begin, type OnDuty } from "../guard/shift";
import { useShiftQueue } from "../guard/waiting";
import { useGateWords } from "../guard/words";
import { CodesLate } from "../late/CodesLate";
import { showPhone, tidyPhone } from "../people/phone";
import { CodeForm } from "../ui/CodeForm";
import { Gate } from "../ui/Gate";
import { Button, Choices, Input } from "../ui/parts";
import { Trouble, useFields } from "../ui/Trouble";

interface Sent {
  phone: string;
  /** Absent: the keeper gives the code. */
  request?: string;
  hours: number;
  again?: number;
}

async function askCode({ phone, hours }: { phone: string; hours: number }): Promise<Sent> {
  const { request, retryAfterSeconds } = await ask(api.POST("/api/v1/gate/codes", { body: { phone } }));
  return { phone, hours, request, again: Date.now() + retryAfterSeconds * 1000 };
}

/** What the page says of itself, where it is not a gate's. */
export interface Saying {
  title: string;
  lead: string;
  promise: string;
}

export function GuardSignIn({ onDuty, saying }: { onDuty: (duty: OnDuty) => void; saying?: Saying }) {
  const [sent, setSent] = useState<Sent>();
  return sent ? (
    <Code sent={sent} onResent={setSent} onBack={() => setSent(undefined)} onDuty={onDuty} />
  ) : (
    <Phone onSent={setSent} saying={saying} />
  );
}

function Phone({ onSent, saying }: { onSent: (sent: Sent) => void; saying: Saying | undefined }) {
  const { g, t } = useGateWords();
  const [phone, setPhone] = useState("");
  const [hours, setHours] = useState("8");
  const [flaw, setFlaw] = useState(false);
  const { waiting } = useShiftQueue();
  const request = useMutation({ mutationFn: askCode, onSuccess: onSent });
  const field = useFields(request.error);
  const go = (then: (entered: { phone: string; hours: number }) => void) => {
    const tidy = tidyPhone(phone);
    setFlaw(!tidy);
    if (tidy && !request.isPending) then({ phone: tidy, hours: Number(hours) });
  };
  return (
    <Gate title={saying?.title ?? t("guard.title")} lead={saying?.lead ?? t("guard.lead")}>
      <ShiftsEnded entries={waiting} />
      <CodesLate />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          go(request.mutate);
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
        {!saying && (
          <Button tone="plain" onClick={() => go(onSent)}>
            {g("code.have")}
          </Button>
        )}
      </form>
      <p className="small soft">{saying?.promise ?? t("guard.promise")}</p>
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
  const { g, t } = useGateWords();
  const again = useMutation({ mutationFn: () => askCode(sent), onSuccess: onResent });
  const enter = useMutation({
    mutationFn: (digits: string) => begin(sent.phone, sent.request, digits, sent.hours),
    onSuccess: onDuty,
  });
  return (
    <Gate
      title={t("signIn.codeTitle")}
      lead={sent.request ? t("signIn.codeLead", { phone: showPhone(sent.phone) }) : g("code.lead")}
    >
      <CodesLate />
      <CodeForm
        enter={{ text: t("guard.begin"), run: enter.mutate, busy: enter.isPending, error: enter.error }}
        again={{ ...(sent.again ? { from: sent.again } : {}), run: again.mutate, busy: again.isPending, error: again.error }}
        back={{ text: t("signIn.otherPhone"), run: onBack }}
      />
    </Gate>
  );
}
