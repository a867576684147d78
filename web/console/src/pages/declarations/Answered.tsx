// What was answered to one question. A picture is fetched when it is asked for: each look is logged.
import type { SaidAnswer } from "@luytre/shared/answers";
import { Button } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { asAddress, PictureDialog } from "../../parts/PictureDialog";

/** How a picture is opened, by who may. */
export type OpenPicture = (picture: string) => Promise<Blob>;

/** Without `open` pictures are only named. */
export function Answered({ answers, open }: { answers: readonly SaidAnswer[]; open?: OpenPicture | undefined }) {
  const { t } = useTranslation();
  const word = (answer: SaidAnswer): string => {
    if (typeof answer === "object") return t("declarations.picture");
    return typeof answer === "string" ? answer : t(answer ? "tracing.answer.yes" : "tracing.answer.no");
  };
  if (!open) return answers.map(word).join(", ");
  return (
    <>
      {answers
        .filter((answer) => typeof answer !== "object")
        .map(word)
        .join(", ")}
      {answers.map((answer) => typeof answer === "object" && <Picture key={answer.picture} open={() => open(answer.picture)} />)}
    </>
  );
}

function Picture({ open }: { open: () => Promise<Blob> }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const look = useMutation({ mutationFn: async () => asAddress(await open()), gcTime: 0 });
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPhoto size={15} />}
        onClick={() => {
          setOpened(true);
          look.mutate();
        }}
      >
        {t("declarations.openPicture")}
      </Button>
      <PictureDialog opened={opened} address={look.data} error={look.error} onClose={() => setOpened(false)} />
    </>
  );
}
