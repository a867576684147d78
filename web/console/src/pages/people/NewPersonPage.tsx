import { Button, Group } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { registerPerson } from "../../api/people";
import { draftDuplicatesQuery } from "../../api/person-duplicates";
import { rememberReason } from "../../api/reasons";
import { ButtonLink, TextLink } from "../../parts/links";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useSentOnce } from "../../parts/useSentOnce";
import { FoundAlready } from "./FoundAlready";
import { PersonFields } from "./PersonFields";
import { emptyDraft, personOf } from "./person-draft";

/** Registers somebody without a phone or an account, once it is clear that nobody like that is registered. */
export function NewPersonPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(emptyDraft);
  const person = personOf(draft);
  const register = useSentOnce(registerPerson);
  const registration = useMutation({
    mutationFn: register,
    onSuccess: async (fresh) => {
      say(t("people.registered", { name: fresh.name }));
      rememberReason(fresh.id, t("people.justRegistered"));
      await navigate({ to: "/people/$person", params: { person: fresh.id } });
    },
  });
  // Records are compared as soon as everything needed is there, while the rest is still typed.
  const [settled] = useDebouncedValue(draft, 500);
  const compared = useQuery(draftDuplicatesQuery(personOf(settled), t("samePerson.draftReason")));
  const found = compared.data?.items ?? [];
  const waiting = person !== undefined && (settled !== draft || compared.isLoading);
  return (
    <div style={{ maxWidth: 720 }}>
      <PageHead title={t("people.register")} back={<TextLink to="/people">{t("shell.section.people")}</TextLink>} lead={t("people.registerLead")} />
      <Panel>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (person && !waiting && compared.data) registration.mutate(person);
          }}
        >
          <PersonFields draft={draft} onChange={setDraft} error={compared.error ?? registration.error} />
          <LoggedNote>{t("cases.searchLogged", { reason: t("samePerson.draftReason") })}</LoggedNote>
          {person && <FoundAlready typed={person} candidates={found} reason={t("samePerson.draftReason")} />}
          <ProblemNote error={compared.error} retry={() => void compared.refetch()} />
          <ProblemNote error={registration.error} />
          <Group justify="flex-end" mt="lg">
            <ButtonLink to="/people" variant="default">
              {t("common.cancel")}
            </ButtonLink>
            <Button type="submit" disabled={!person || waiting || !compared.data} loading={registration.isPending}>
              {t(person && found.length > 0 ? "samePerson.registerAnyway" : "people.register")}
            </Button>
          </Group>
        </form>
      </Panel>
    </div>
  );
}
