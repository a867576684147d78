import { Button, PinInput, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { confirmTotp, enrolTotp } from "../../api/session";
import { CopyText } from "../../parts/CopyText";
import { ProblemNote } from "../../parts/ProblemNote";
import { QrCode } from "../../parts/QrCode";

/** Two steps: a secret shown as a code drawn on this machine, then a code from the app to prove it arrived. */
export function EnrolTotp({ enrolled, onEnrolled }: { enrolled: boolean; onEnrolled: () => void }) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState("");
  const [code, setCode] = useState("");
  const enrolment = useMutation({ mutationFn: enrolTotp, gcTime: 0 });
  const confirmation = useMutation({ mutationFn: confirmTotp, onSuccess: onEnrolled, onError: () => setCode("") });

  if (!enrolment.data) {
    return (
      <Stack align="start">
        {enrolled && (
          <div>
            <Text size="sm" fw={500} mb={6} id="current-code">
              {t("auth.enrol.current")}
            </Text>
            <PinInput length={6} type="number" oneTimeCode value={current} onChange={setCurrent} aria-labelledby="current-code" />
          </div>
        )}
        <ProblemNote error={enrolment.error} />
        <Button
          onClick={() => enrolment.mutate(enrolled ? current : undefined)}
          loading={enrolment.isPending}
          disabled={enrolled && current.length < 6}
        >
          {t("auth.enrol.start")}
        </Button>
      </Stack>
    );
  }
  return (
    <Stack>
      <Text size="sm">{t("auth.enrol.scan")}</Text>
      <QrCode text={enrolment.data.uri} label={t("auth.enrol.scan")} />
      <div>
        <Text size="sm" c="dimmed">
          {t("auth.enrol.manual")}
        </Text>
        <CopyText text={enrolment.data.secret} />
      </div>
      <div>
        <Text size="sm" fw={500} mb={6} id="enrol-code">
          {t("auth.enrol.code")}
        </Text>
        <PinInput
          length={6}
          type="number"
          oneTimeCode
          value={code}
          onChange={setCode}
          onComplete={(whole) => confirmation.mutate(whole)}
          aria-labelledby="enrol-code"
        />
      </div>
      <ProblemNote error={confirmation.error} />
      <Button onClick={() => confirmation.mutate(code)} loading={confirmation.isPending} disabled={code.length < 6}>
        {t("auth.enrol.confirm")}
      </Button>
    </Stack>
  );
}
