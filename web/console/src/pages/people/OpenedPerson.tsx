// One person's record, opened; without a reason given in this tab it asks for one first.
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { personQuery } from "../../api/people";
import { reasonFor, rememberReason } from "../../api/reasons";
import type { Person } from "../../api/types";
import { Loading } from "../../parts/ListFrame";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";

interface Props {
  id: string;
  onClose: () => void;
  children: (person: Person, reason: string) => ReactNode;
}

/** To be given the id as its key: a reason was given for one person. */
export function OpenedPerson({ id, onClose, children }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState(() => reasonFor(id));
  const { data, error, isLoading, refetch } = useQuery(personQuery(id, reason));
  return (
    <>
      <ReasonDialog
        opened={reason === ""}
        title={t("people.whyOpen")}
        action={t("people.open")}
        onClose={onClose}
        onReason={(given) => {
          rememberReason(id, given);
          setReason(given);
        }}
      >
        <LoggedNote />
      </ReasonDialog>
      <ProblemNote error={error} retry={() => void refetch()} />
      {isLoading && <Loading rows={4} />}
      {data && children(data, reason)}
    </>
  );
}
