import { Button, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { registerPerson } from "../../api/people";
import { rememberReason } from "../../api/reasons";
import { ButtonLink, TextLink } from "../../parts/links";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useSentOnce } from "../../parts/useSentOnce";
import { PersonFields } from "./PersonFields";
import { emptyDraft, personOf } from "./person-draft";

/** Registers somebody without a phone or an account. */
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
  return (
    <div style={{ maxWidth: 720 }}>
      <PageHead title={t("people.register")} back={<TextLink to="/people">{t("shell.section.people")}</TextLink>} lead={t("people.registerLead")} />
      <Panel>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (person) registration.mutate(person);
          }}
        >
          <PersonFields draft={draft} onChange={setDraft} error={registration.error} />
          <ProblemNote error={registration.error} />
          <Group justify="flex-end" mt="lg">
            <ButtonLink to="/people" variant="default">
              {t("common.cancel")}
            </ButtonLink>
            <Button type="submit" disabled={!person} loading={registration.isPending}>
              {t("people.register")}
            </Button>
          </Group>
        </form>
      </Panel>
    </div>
  );
}
