import { Group } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { candidateQuery } from "../../../api/tracing";
import type { Candidate, RuleSet } from "../../../api/types";
import { CandidateStatus, ClassBadge, LevelBadge, Risk } from "../../../parts/Badges";
import { ContactBlock } from "../../../parts/ContactBlock";
import { Drawer } from "../../../parts/Dialog";
import { ButtonLink } from "../../../parts/links";
import { Loading } from "../../../parts/ListFrame";
import { barring, ProblemNote } from "../../../parts/ProblemNote";
import { LoggedNote } from "../../../parts/ReasonDialog";
import { When } from "../../../parts/When";
import { NamedContacts } from "../declared/NamedContacts";
import { AllEvidence } from "./AllEvidence";
import { AssignForm } from "./AssignForm";
import styles from "./CandidateDrawer.module.css";

interface Props {
  candidate: string | undefined;
  /** Of its case. */
  disease: string;
  /** Opened in order to assign: the questions come into view. */
  assigning: boolean;
  thresholds: RuleSet["risk"] | undefined;
  onClose: () => void;
  onAssigned: (candidate: Candidate) => void;
}

/** One candidate: how to reach the person, what to ask, all evidence, the class. Opening it is logged. */
export function CandidateDrawer({ candidate, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer opened={candidate !== undefined} onClose={rest.onClose} title={t("tracing.candidate")}>
      {candidate && <Content key={candidate} id={candidate} {...rest} />}
    </Drawer>
  );
}

function Content({ id, disease, assigning, thresholds, onAssigned }: Omit<Props, "candidate"> & { id: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(candidateQuery(id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const show = (fresh: Candidate) => {
    client.setQueryData(candidateQuery(id).queryKey, fresh);
    void client.invalidateQueries({ queryKey: ["cases", "candidates"] });
    void client.invalidateQueries({ queryKey: ["cases", "one"] });
    void client.invalidateQueries({ queryKey: ["tasks"] });
  };
  return (
    <div className={styles.content}>
      <header>
        <h2>{data.person.name}</h2>
        <p>
          {t(`common.sex.${data.person.sex}`)}, {data.person.birthYear || t("people.bornUnknown")} · {data.person.unitPath}
        </p>
        <Group gap="sm">
          <LevelBadge level={data.level} suspected />
          {data.class ? <ClassBadge of={data.class} /> : <CandidateStatus of={data.status} />}
          <Risk of={data.risk} thresholds={thresholds} />
          <span className="quiet">
            {t("tracing.since")} <When at={data.exposedSince} />
          </span>
        </Group>
      </header>
      <ContactBlock contact={data.contact} />
      <section>
        <h3>{t("tracing.allEvidence", { count: data.evidenceCount })}</h3>
        <AllEvidence candidate={data} />
      </section>
      <NamedContacts of={data} />
      {(data.class === "F1" || data.class === "F2") && (
        <ButtonLink to="/orders/new" search={{ candidate: data.id }} preload={false} variant="default">
          {t("orders.new")}
        </ButtonLink>
      )}
      <AssignForm
        candidate={data}
        disease={disease}
        focused={assigning}
        onSaved={(fresh) => {
          show(fresh);
          if (!fresh.unruled) onAssigned(fresh); // else it stays, and says that nobody follows by itself
        }}
        onKept={show}
      />
      <LoggedNote />
    </div>
  );
}
