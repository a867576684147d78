// An officer declares for somebody who called or came to the desk. Nothing is filled in beforehand, earlier answers are not shown.
import { Radio, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { declareFor, formQuery, formsAskedQuery } from "../../api/declarations";
import { queryClient } from "../../api/query-client";
import type { NewDeclaration, Person } from "../../api/types";
import { ColourBadge } from "../../parts/Badges";
import { AnswerForm, type Answered } from "../../parts/forms/AnswerForm";
import { ButtonLink, TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { useLanguage } from "../../parts/When";
import { OpenedPerson } from "../people/OpenedPerson";

const route = getRouteApi("/office/people/$person/declare");

type Channel = Exclude<NonNullable<NewDeclaration["channel"]>, "kiosk">;
const channels: readonly Channel[] = ["phone", "desk"];

export function DeclareFor() {
  const navigate = route.useNavigate();
  const { person } = route.useParams();
  return (
    <OpenedPerson key={person} id={person} onClose={() => void navigate({ to: "/people" })}>
      {(record) => <Asking person={record} />}
    </OpenedPerson>
  );
}

function Asking({ person }: { person: Person }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = route.useNavigate();
  const forms = useQuery(formsAskedQuery(person.unit));
  const [chosen, setChosen] = useState<string>();
  const form = forms.data?.find(({ id }) => id === chosen);
  return (
    <>
      <PageHead
        title={t("declareFor.title", { name: person.name })}
        lead={t("declareFor.lead")}
        back={
          <TextLink to="/people/$person" params={{ person: person.id }}>
            {t("people.record")}
          </TextLink>
        }
      />
      <ProblemNote error={forms.error} retry={() => void forms.refetch()} />
      {forms.isPending && <Loading rows={2} />}
      {forms.data?.length === 0 && <Empty title={t("declareFor.none")}>{t("declareFor.noneLead")}</Empty>}
      {forms.data && forms.data.length > 0 && (
        <Panel>
          <Radio.Group label={t("declarations.form")} value={chosen ?? ""} onChange={setChosen}>
            <Stack mt={6} gap={8}>
              {forms.data.map(({ id, title }) => (
                <Radio key={id} value={id} label={title[language]} />
              ))}
            </Stack>
          </Radio.Group>
        </Panel>
      )}
      {form && (
        <Filling
          key={form.id}
          person={person}
          id={form.id}
          version={form.version}
          onCancel={() => void navigate({ to: "/people/$person", params: { person: person.id } })}
          after={
            <ButtonLink to="/people/$person" params={{ person: person.id }} variant="default">
              {t("people.record")}
            </ButtonLink>
          }
        />
      )}
    </>
  );
}

interface FillingProps {
  person: Pick<Person, "id" | "name">;
  id: string;
  version: string;
  onCancel: () => void;
  onSent?: () => void;
  /** Where to go once it is sent. */
  after: ReactNode;
}

/** One form, filled in for somebody; the server has the last word on who may. */
export function Filling({ person, id, version, onCancel, onSent, after }: FillingProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const form = useQuery(formQuery(id, version));
  const [channel, setChannel] = useState<Channel>();
  const [missing, setMissing] = useState(false);
  const declare = useMutation({
    mutationFn: ({ response, at, key, unit }: Answered) =>
      declareFor({ form: id, version, person: person.id, at, response: response as never, channel: channel!, ...(unit ? { unit } : {}) }, `${key}-${channel}`),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ["declarations"] });
      onSent?.();
    },
  });
  if (barring(form)) return <ProblemNote error={form.error} retry={() => void form.refetch()} />;
  if (!form.data) return <Loading rows={3} />;
  if (declare.data)
    return (
      <Panel title={t("declarations.result")} actions={<ColourBadge of={declare.data.result.colour} />}>
        <p role="status">{t("declareFor.done", { name: person.name })}</p>
        <p>{declare.data.result.nextStep.text[language]}</p>
        {after}
      </Panel>
    );
  return (
    <Panel>
      <AnswerForm
        form={form.data}
        send={t("declareFor.send")}
        blocked={!channel}
        onBlocked={() => setMissing(true)}
        busy={declare.isPending}
        error={declare.error}
        onSend={(answered) => declare.mutate(answered)}
        onCancel={onCancel}
      >
        <Radio.Group
          label={t("declareFor.channel")}
          required
          error={missing && !channel ? t("forms.flaw.required") : undefined}
          value={channel ?? ""}
          onChange={(value) => setChannel(value as Channel)}
        >
          <Stack mt={6} gap={8}>
            {channels.map((each) => (
              <Radio key={each} value={each} label={t(`declareFor.channels.${each}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <LoggedNote>{t("declareFor.told")}</LoggedNote>
      </AnswerForm>
    </Panel>
  );
}
