// Whom a contact met since their exposure, as they told: asked before anybody knows whether they fall ill.
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { namedQuery, nameContact } from "../../../api/contacts";
import { candidateQuery } from "../../../api/tracing";
import type { Candidate } from "../../../api/types";
import { ProblemNote } from "../../../parts/ProblemNote";
import { When } from "../../../parts/When";
import { ContactForm } from "./ContactDialog";
import { DeclaredList } from "./DeclaredList";

export function NamedContacts({ of }: { of: Candidate }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  // Where nobody was named nothing is read, and no look stands in anybody's log.
  const { data, error, refetch } = useQuery({ ...namedQuery(of.id), enabled: (of.named ?? 0) > 0 });
  // Reading the contact again would be one more entry in the person's access log.
  const made = () => client.setQueryData(candidateQuery(of.id).queryKey, (before) => before && { ...before, named: (before.named ?? 0) + 1 });
  const gone = of.status === "withdrawn" || of.status === "dismissed";
  if (gone && !of.named) return null;
  return (
    <section>
      <h3>{t("named.title")}</h3>
      {!gone && (
        <p className="quiet">
          {t("named.lead")} <When at={of.exposedSince} />
        </p>
      )}
      {error && !data && <ProblemNote error={error} retry={() => void refetch()} />}
      {data && data.length > 0 && <DeclaredList rows={data} label={t("named.title")} outside={gone ? undefined : t("named.outside")} />}
      {!gone && !adding && (
        <Button variant="light" mt="xs" className="no-print" leftSection={<IconUserPlus size={17} />} onClick={() => setAdding(true)}>
          {t("named.add")}
        </Button>
      )}
      {!gone && adding && <ContactForm of={of.case} lead={t("named.addLead")} told={t("named.told")} send={nameContact(of.id)} onMade={made} onClose={() => setAdding(false)} />}
    </section>
  );
}
