// An outage that is known beforehand: what comes late, until when, and why.
import { Radio, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { declareOutage } from "../../api/outages";
import { MomentField } from "../../parts/DayField";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useSentOnce } from "../../parts/useSentOnce";

export const kinds = ["codes", "messages"] as const;
export type Kind = (typeof kinds)[number];

export function DeclareDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [kind, setKind] = useState<Kind>();
  const [until, setUntil] = useState<string>();
  const declare = useSentOnce(declareOutage);
  const declaring = useMutation({
    mutationFn: declare,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["outages"] });
      say(t("outages.declared"));
      onClose();
    },
  });
  return (
    <ReasonDialog
      opened={opened}
      onClose={onClose}
      title={t("outages.declare")}
      action={t("outages.declare")}
      ready={kind !== undefined && until !== undefined}
      busy={declaring.isPending}
      error={<ProblemNote error={declaring.error} />}
      onReason={(reason) => kind && until && declaring.mutate({ kind, until, reason })}
    >
      <Stack>
        <p>{t("outages.declareLead")}</p>
        <Radio.Group label={t("outages.what")} value={kind ?? ""} onChange={(value) => setKind(kinds.find((one) => one === value))} required>
          <Stack gap="xs" mt="xs">
            {kinds.map((one) => (
              <Radio key={one} value={one} label={t(`outages.kind.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <MomentField label={t("outages.lasts")} value={until} onChange={setUntil} error={fieldText(t, declaring.error, "/until")} required />
      </Stack>
    </ReasonDialog>
  );
}
