// What an officer must do before any page opens: leave the temporary password behind, and enrol a second factor.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { sessionQuery } from "../../api/session";
import { ChangePassword } from "./ChangePassword";
import { EnrolTotp } from "./EnrolTotp";
import { Gate } from "./Gate";

export function FirstStepsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: session } = useQuery(sessionQuery);
  const [steps] = useState(() => [
    ...(session?.mustChangePassword ? (["password"] as const) : []),
    ...(session?.mustEnrolTotp ? (["totp"] as const) : []),
  ]);
  const [at, setAt] = useState(0);
  const step = steps[at];
  const proceed = async () => {
    if (at + 1 < steps.length) {
      setAt(at + 1);
      return;
    }
    await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    await navigate({ to: "/" });
  };
  if (!step) return null;
  return (
    <Gate
      title={t(`auth.first.${step}`)}
      lead={
        <>
          {steps.length > 1 && <b>{t("auth.first.step", { step: at + 1, of: steps.length })}. </b>}
          {t(`auth.first.${step}Lead`)}
        </>
      }
    >
      {step === "password" ? <ChangePassword onChanged={() => void proceed()} /> : <EnrolTotp enrolled={false} onEnrolled={() => void proceed()} />}
    </Gate>
  );
}
