// Said before two records are merged: of which diseases both have an open case. The merge stays possible.
import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { wouldBeTwinsQuery } from "../../api/person-duplicates";
import { ProblemNote } from "../../parts/ProblemNote";
import { useDiseaseName } from "../../parts/useNames";
import { TwinLink } from "../cases/TwinNotice";

export function WouldBeTwins({ one, other, reason }: { one: string; other: string; reason: string }) {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const { data, error, refetch } = useQuery(wouldBeTwinsQuery(one, other, reason));
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data || data.items.length === 0) return null;
  return (
    <Alert color="turmeric" title={t("samePerson.bothIll")}>
      {data.items.map((pair, at) => (
        <p key={at}>
          {disease(pair.disease)}: <TwinLink of={pair.one} /> · <TwinLink of={pair.other} />
        </p>
      ))}
      <p>{t("samePerson.bothIllLead")}</p>
    </Alert>
  );
}
