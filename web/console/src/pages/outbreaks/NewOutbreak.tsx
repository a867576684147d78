// Opens an outbreak, once, however often it is sent.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { openOutbreak } from "../../api/outbreaks";
import type { Outbreak } from "../../api/types";
import { useSentOnce } from "../../parts/useSentOnce";
import { OutbreakForm } from "./OutbreakForm";

interface Props {
  disease?: string;
  onClose: () => void;
  onOpened: (made: Outbreak) => void;
}

export function NewOutbreak({ disease, onClose, onOpened }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const send = useSentOnce(openOutbreak);
  const opening = useMutation({
    mutationFn: send,
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ["outbreaks", "list"] });
      onOpened(made);
    },
  });
  return (
    <OutbreakForm
      {...(disease ? { disease } : {})}
      action={t("outbreaks.open")}
      busy={opening.isPending}
      error={opening.error}
      onSaid={({ source: _, ...said }) => opening.mutate(said)}
      onClose={onClose}
    />
  );
}
