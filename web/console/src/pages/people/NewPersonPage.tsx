import { Button, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { registerPerson } from "../../api/people";
import { duplicatesOfDraft } from "../../api/person-duplicates";
import { rememberReason } from "../../api/reasons";
import type { NewPerson } from "../../api/types";
import { ButtonLink, TextLink } from "../../parts/links";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
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
  // What was compared last; nothing, once something else has been typed.
  const compared = useRef<NewPerson>(undefined);
  const looking = useMutation({
    mutationFn: (asked: NewPerson) => {
      compared.current = asked;
      return duplicatesOfDraft(asked, t("samePerson.draftReason"));
    },
    onSuccess: (found, asked) => {
      if (found.items.length === 0 && compared.current === asked) registration.mutate(asked);
    },
  });
  const found = looking.data?.items ?? [];
  const change = (next: typeof draft) => {
    compared.current = undefined;
    looking.reset();
    setDraft(next);
  };
  return (
    <div style={{ maxWidth: 720 }}>
      <PageHead title={t("people.register")} back={<TextLink to="/people">{t("shell.section.people")}</TextLink>} lead={t("people.registerLead")} />
      <Panel>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (person) (found.length > 0 ? registration : looking).mutate(person);
          }}
        >
          <PersonFields draft={draft} onChange={change} error={looking.error ?? registration.error} />
          {person && <FoundAlready typed={person} candidates={found} reason={t("samePerson.draftReason")} />}
          <ProblemNote error={looking.error ?? registration.error} />
          <Group justify="flex-end" mt="lg">
            <ButtonLink to="/people" variant="default">
              {t("common.cancel")}
            </ButtonLink>
            <Button type="submit" disabled={!person} loading={looking.isPending || registration.isPending}>
              {t(found.length > 0 ? "samePerson.registerAnyway" : "people.register")}
            </Button>
          </Group>
        </form>
      </Panel>
    </div>
  );
}
