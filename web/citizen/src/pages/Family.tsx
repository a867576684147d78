// The household: oneself and those one declares for.

import { ask, ifMatch, type Person } from "@luytre/shared/api";
import { sentOnce } from "@luytre/shared/once";
import { localDate } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";

import { api, client } from "../app/api";
import { peopleQuery } from "../app/queries";
import { toast } from "../app/toast";
import { useText } from "../i18n";
import { isGrownUp } from "../people/adult";
import { PersonForm, type PersonInput } from "../people/PersonForm";
import { Icon } from "../ui/Icon";
import { Button, ButtonLink, Empty, Notice, Page, Sheet, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";

export function Family() {
  const { t } = useText();
  const people = useQuery(peopleQuery);
  const others = people.data?.filter((person) => person.relation !== "self") ?? [];
  const self = people.data?.find((person) => person.relation === "self");
  return (
    <Page title={t("family.title")} back="/" lead={t("family.lead")}>
      {people.isPending && <Skeleton lines={[72, 72]} />}
      <Trouble error={people.error} retry={() => void people.refetch()} />
      {people.data && (
        <ul className="list">
          {[...(self ? [self] : []), ...others].map((person) => (
            <li key={person.id}>
              <Link className="line" to="/family/$id" params={{ id: person.id }}>
                <Icon name={person === self ? "person" : "family"} />
                <span className="grow">
                  <span className="strong">{person.name}</span>
                  <br />
                  <span className="small soft">
                    {[t(`relation.${person.relation ?? "other"}`), person.birthYear].join(" · ")}
                  </span>
                </span>
                <Icon name="next" size={20} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {people.isSuccess && others.length === 0 && <p className="soft">{t("family.none")}</p>}
      <ButtonLink to="/family/new" wide icon="plus">
        {t("family.add")}
      </ButtonLink>
    </Page>
  );
}

export function NewMember() {
  const { t } = useText();
  const navigate = useNavigate();
  const [once] = useState(() => sentOnce<PersonInput, Person>());
  const create = useMutation({
    mutationFn: (input: PersonInput) =>
      once(input, (body, key) => ask(api.POST("/api/v1/me/people", { headers: { "Idempotency-Key": key }, body }))),
    onSuccess: async (person) => {
      await client.invalidateQueries({ queryKey: peopleQuery.queryKey });
      toast({ text: t("family.added", { name: person.name }) });
      await navigate({ to: "/family", replace: true });
    },
  });
  return (
    <Page title={t("family.add")} back="/family" lead={t("family.addLead")}>
      <PersonForm
        submit={t("save")}
        busy={create.isPending}
        error={create.error}
        onSubmit={(input) => create.mutate(input)}
      />
    </Page>
  );
}

export function Member() {
  const { t } = useText();
  const { id } = useParams({ from: "/inside/family/$id" });
  const people = useQuery(peopleQuery);
  const person = people.data?.find((each) => each.id === id);
  if (!person)
    return (
      <Page title={t("family.title")} back="/family">
        {people.isPending ? <Skeleton /> : <Empty icon="family" title={t("family.gone")} />}
      </Page>
    );
  // Offline only the name is kept on the device.
  if (person.version === undefined)
    return (
      <Page title={person.name} back="/family">
        <Notice tone="care" icon="offline" title={t("error.offline")}>
          {t("family.offline")}
        </Notice>
      </Page>
    );
  return <Edit key={person.version} person={person as Person} />;
}

function Edit({ person }: { person: Person }) {
  const { t } = useText();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const self = person.relation === "self";
  const save = useMutation({
    mutationFn: ({ relation, ...input }: PersonInput) =>
      ask(
        api.PATCH("/api/v1/me/people/{id}", {
          params: { path: { id: person.id }, header: ifMatch(person.version) },
          body: self ? input : { ...input, relation },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: peopleQuery.queryKey });
      toast({ text: t("saved") });
      await navigate({ to: "/family", replace: true });
    },
  });
  const leave = useMutation({
    mutationFn: () => ask(api.DELETE("/api/v1/me/people/{id}", { params: { path: { id: person.id } } })),
    onSuccess: async () => {
      await navigate({ to: "/family", replace: true });
      await client.invalidateQueries({ queryKey: peopleQuery.queryKey });
      toast({ text: t("family.left", { name: person.name }) });
    },
  });
  return (
    <Page title={self ? t("family.me") : person.name} back="/family">
      <ButtonLink tone="second" icon="print" to="/family/$id/card" params={{ id: person.id }}>
        {t("card.title")}
      </ButtonLink>
      {!self && (
        <div className="wrap">
          <ButtonLink tone="second" icon="code" to="/code" search={{ person: person.id }}>
            {t("family.code")}
          </ButtonLink>
          <ButtonLink tone="second" icon="form" to="/declare" search={{ person: person.id }}>
            {t("family.declare")}
          </ButtonLink>
          {!isGrownUp(person, localDate(Date.now())) && (
            <ButtonLink tone="second" icon="path" to="/visits" search={{ person: person.id }}>
              {t("family.visits")}
            </ButtonLink>
          )}
        </div>
      )}
      <PersonForm
        person={person}
        self={self}
        submit={t("save")}
        busy={save.isPending}
        error={save.error}
        onSubmit={(input) => save.mutate(input)}
      />
      {!self && (
        <Button tone="danger" wide icon="trash" onClick={() => setAsking(true)}>
          {t("family.leave")}
        </Button>
      )}
      {asking && (
        <Sheet title={t("family.leaveTitle", { name: person.name })} onClose={() => setAsking(false)}>
          <p>{t("family.leaveText")}</p>
          <Trouble error={leave.error} />
          <Button tone="danger" wide busy={leave.isPending} onClick={() => leave.mutate()}>
            {t("family.leaveDo")}
          </Button>
          <Button tone="second" wide onClick={() => setAsking(false)}>
            {t("cancel")}
          </Button>
        </Sheet>
      )}
    </Page>
  );
}
