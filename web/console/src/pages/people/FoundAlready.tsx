// Somebody is being written down who may have a record already.
import { Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { NewPerson, PersonCandidate, PersonSide } from "../../api/types";
import { LoggedNote } from "../../parts/ReasonDialog";
import { Likeness, Standing } from "./Likeness";
import styles from "./FoundAlready.module.css";

interface Props {
  typed: NewPerson;
  candidates: readonly PersonCandidate[];
  reason: string;
  onChoose?: (person: PersonSide) => void;
}

export function FoundAlready({ typed, candidates, reason, onChoose }: Props) {
  const { t } = useTranslation();
  if (candidates.length === 0) return null;
  return (
    <aside className={styles.alike} aria-label={t("samePerson.foundTitle")}>
      <div role="status">
        <h3>{t("samePerson.foundTitle")}</h3>
        <p>{t("samePerson.foundLead")}</p>
      </div>
      <Stack>
        {candidates.map((candidate) => (
          <div key={candidate.person.id}>
            <Standing of={candidate.standing} /> {t("samePerson.score", { score: candidate.score })}
            <Likeness one={{ ...typed, phoneMasked: typed.phone, paperMasked: typed.paper?.number }} head={t("samePerson.typedHead")} candidate={candidate} reason={reason} />
            {onChoose && (
              <Button size="xs" mt="xs" onClick={() => onChoose(candidate.person)}>
                {t("samePerson.choose")}
              </Button>
            )}
          </div>
        ))}
      </Stack>
      <LoggedNote>{t("samePerson.logged")}</LoggedNote>
    </aside>
  );
}
