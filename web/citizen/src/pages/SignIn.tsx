// The way in: a phone number, then the code sent to it. The answer is the same for known and unknown numbers.

import { ask } from "@luytre/shared/api";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";

import { api } from "../app/api";
import { finishLeaving } from "../app/leaving";
import { entered } from "../app/session";
import { useText } from "../i18n";
import { CodeForm } from "../ui/CodeForm";
import { Gate } from "../ui/Gate";
import { Button, Input } from "../ui/parts";
import { Trouble, useFields } from "../ui/Trouble";
import { showPhone, tidyPhone } from "../people/phone";

const CodesLate = lazy(async () => ({ default: (await import("../late/CodesLate")).CodesLate }));

/** Whether codes come late at present, on both steps. */
function Late() {
  return (
    <Suspense fallback={null}>
      <CodesLate />
    </Suspense>
  );
}

export function SignIn() {
  const [sent, setSent] = useState<{ phone: string; again: number }>();
  return sent ? <Code sent={sent} onResent={setSent} onBack={() => setSent(undefined)} /> : <Phone onSent={setSent} />;
}

async function requestCode(phone: string) {
  const { retryAfterSeconds } = await ask(api.POST("/api/v1/auth/codes", { body: { phone } }));
  return { phone, again: Date.now() + retryAfterSeconds * 1000 };
}

function Phone({ onSent }: { onSent: (sent: { phone: string; again: number }) => void }) {
  const { t } = useText();
  const [phone, setPhone] = useState("");
  const [flaw, setFlaw] = useState(false);
  const request = useMutation({ mutationFn: requestCode, onSuccess: onSent });
  const field = useFields(request.error);
  return (
    <Gate title={t("signIn.title")} lead={t("signIn.lead")}>
      <Late />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const tidy = tidyPhone(phone);
          setFlaw(!tidy);
          if (tidy && !request.isPending) request.mutate(tidy);
          if (!tidy) document.getElementById("phone")?.focus();
        }}
      >
        <Input
          id="phone"
          label={t("signIn.phone")}
          className="big"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          placeholder="0912 345 678"
          value={phone}
          onValue={(value) => {
            setPhone(value);
            setFlaw(false);
          }}
          wrong={flaw ? t("signIn.phoneWrong") : field("/phone")}
        />
        {!field("/phone") && <Trouble error={request.error} />}
        <Button type="submit" wide busy={request.isPending}>
          {t("signIn.send")}
        </Button>
      </form>
      <p className="small soft">{t("signIn.promise")}</p>
    </Gate>
  );
}

function Code({
  sent,
  onResent,
  onBack,
}: {
  sent: { phone: string; again: number };
  onResent: (sent: { phone: string; again: number }) => void;
  onBack: () => void;
}) {
  const { t } = useText();
  const navigate = useNavigate();
  const { back } = useSearch({ from: "/sign-in" });
  const again = useMutation({ mutationFn: () => requestCode(sent.phone), onSuccess: onResent });
  const enter = useMutation({
    mutationFn: async (digits: string) => {
      await finishLeaving(); // or it would end this session
      return ask(api.POST("/api/v1/auth/sign-in", { body: { phone: sent.phone, code: digits } }));
    },
    onSuccess: async (session) => {
      await entered(session);
      if (session.level === "limited") await navigate({ to: "/second-proof", search: back ? { back } : {} });
      else await navigate({ to: back ?? "/", replace: true });
    },
  });
  return (
    <Gate title={t("signIn.codeTitle")} lead={t("signIn.codeLead", { phone: showPhone(sent.phone) })}>
      <Late />
      <CodeForm
        enter={{ text: t("signIn.enter"), run: enter.mutate, busy: enter.isPending, error: enter.error }}
        again={{ from: sent.again, run: again.mutate, busy: again.isPending, error: again.error }}
        back={{ text: t("signIn.otherPhone"), run: onBack }}
      />
    </Gate>
  );
}
