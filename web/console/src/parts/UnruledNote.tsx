// Said to whoever gave a class of which no rule says for how long it is followed: nobody does it by itself.
import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Candidate } from "../api/types";
import { ButtonLink } from "./links";

export function UnruledNote({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  if (!candidate.unruled || !candidate.class) return null;
  return (
    <Alert color="turmeric" title={t("byHand.noRule", { class: candidate.class })}>
      <p>{t("byHand.noRuleLead")}</p>
      <ButtonLink to="/follow-ups/by-hand/$candidate" params={{ candidate: candidate.id }} preload={false} variant="default">
        {t("byHand.open")}
      </ButtonLink>
    </Alert>
  );
}
