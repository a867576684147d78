// Nobody is known by the paper shown: the officer registers its bearer by what it says.
import { nationOf } from "@luytre/shared/nations";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { registerTraveller } from "../../api/arrivals";
import type { PlaceBrief, Traveller } from "../../api/types";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { emptyDraft, personOf, type PersonDraft } from "../people/person-draft";
import { PersonFields } from "../people/PersonFields";
import styles from "./Arrivals.module.css";

type Claim = NonNullable<Traveller["claim"]>;

const drafted = (claim: Claim): PersonDraft => ({
  ...emptyDraft,
  name: claim.name ?? "",
  birthDate: claim.birthDate,
  birthYear: claim.birthYear ? String(claim.birthYear) : "",
  sex: claim.sex ?? "",
  paperKind: claim.paper?.kind,
  paperNumber: claim.paper?.number ?? "",
  nationality: claim.nationality ? nationOf(claim.nationality) : undefined,
});

export function RegisterTraveller({ place, claim, onRegistered }: { place: PlaceBrief; claim: Claim; onRegistered: (ticket: string) => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => drafted(claim));
  const [key, setKey] = useState(() => crypto.randomUUID());
  const person = personOf(draft);
  const register = useMutation({ mutationFn: () => registerTraveller(place.id, person!, key), onSuccess: onRegistered });
  return (
    <Panel title={t("arrivals.unknown")}>
      <form
        className={styles.decide}
        onSubmit={(event) => {
          event.preventDefault();
          if (person) register.mutate();
        }}
      >
        <p>{t("arrivals.unknownLead")}</p>
        <PersonFields
          draft={draft}
          at="/person"
          error={register.error}
          onChange={(changed) => {
            setDraft(changed);
            setKey(crypto.randomUUID());
          }}
        />
        <ProblemNote error={register.error} />
        <Button type="submit" disabled={!person} loading={register.isPending}>
          {t("arrivals.register")}
        </Button>
      </form>
    </Panel>
  );
}
