// Records that may be of the same person, and the officer's answer. Nothing is looked for before it is asked for: each record shown is logged.
import { Alert, Button, Group, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { forgetDuplicates, mergePeople, personDuplicatesQuery, tellPeopleApart } from "../../api/person-duplicates";
import { rememberReason } from "../../api/reasons";
import type { Person, PersonCandidate, PersonSide } from "../../api/types";
import { TextLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { When } from "../../parts/When";
import { Likeness, Standing } from "./Likeness";
import { WouldBeTwins } from "./WouldBeTwins";

export function PersonDuplicates({ person, reason }: { person: Person; reason: string }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const { data: found, error, isFetching, refetch } = useQuery({ ...personDuplicatesQuery(person.id, reason), enabled: asked });
  const data = asked ? found : undefined; // what an earlier visit found may have been decided since
  return (
    <Panel title={t("samePerson.title")}>
      <Stack>
        <p className="quiet">{t("samePerson.lead")}</p>
        {!data && (
          <Group>
            <Button variant="default" size="xs" loading={isFetching} onClick={() => setAsked(true)}>
              {t("samePerson.seek")}
            </Button>
          </Group>
        )}
        <ProblemNote error={asked && error} retry={() => void refetch()} />
        {data && !data.complete && <Alert color="yellow">{t("samePerson.incomplete")}</Alert>}
        {data?.items.length === 0 && <p>{t("samePerson.none")}</p>}
        {data?.items.map((candidate) => <Pair key={candidate.person.id} person={person} candidate={candidate} reason={reason} />)}
        {data && data.items.length > 0 && <p className="quiet">{t("samePerson.pointsLead")}</p>}
        {data && data.apart.length > 0 && (
          <section aria-label={t("samePerson.apartTitle")}>
            <h3>{t("samePerson.apartTitle")}</h3>
            {data.apart.map((apart) => (
              <p key={apart.person.id}>
                <Opening of={apart.person} reason={reason} />{" "}
                <span className="quiet">
                  <When at={apart.at} /> · {t("samePerson.apartBy", { by: apart.by, reason: apart.reason })}
                </span>
              </p>
            ))}
          </section>
        )}
        <LoggedNote>{t("samePerson.logged")}</LoggedNote>
      </Stack>
    </Panel>
  );
}

export function Opening({ of, reason }: { of: PersonSide; reason: string }) {
  return (
    <TextLink to="/people/$person" params={{ person: of.id }} onClick={() => rememberReason(of.id, reason)}>
      {of.name}
    </TextLink>
  );
}

type Deciding = "this" | "other" | "apart";

function Pair({ person, candidate, reason }: { person: Person; candidate: PersonCandidate; reason: string }) {
  const { t } = useTranslation();
  const other = candidate.person;
  const [deciding, setDeciding] = useState<Deciding>();
  const apart = useMutation({
    mutationFn: (why: string) => tellPeopleApart(person.id, other.id, why),
    onSuccess: () => {
      setDeciding(undefined);
      say(t("samePerson.toldApart"));
      return forgetDuplicates();
    },
  });
  const merge = useMutation({
    mutationFn: (why: string) => (deciding === "this" ? mergePeople(other.id, person.id, why) : mergePeople(person.id, other.id, why)),
    onSuccess: (done) => {
      setDeciding(undefined);
      say(t("samePerson.merged", { person: done.person.name, kept: done.kept.name }));
      return forgetDuplicates();
    },
  });
  const decide = (what: Deciding) => {
    apart.reset();
    merge.reset();
    setDeciding(what);
  };
  return (
    <section aria-label={other.name}>
      <Group gap="sm">
        <Standing of={candidate.standing} /> <span>{t("samePerson.score", { score: candidate.score })}</span>
      </Group>
      <Likeness one={person} head={t("samePerson.thisHead")} candidate={candidate} reason={reason} />
      <Group mt="sm">
        <Button variant="default" onClick={() => decide("this")}>
          {t("samePerson.keepThis")}
        </Button>
        <Button variant="default" onClick={() => decide("other")}>
          {t("samePerson.keepOther")}
        </Button>
        <Button variant="subtle" onClick={() => decide("apart")}>
          {t("samePerson.notSame")}
        </Button>
      </Group>
      <ReasonDialog
        opened={deciding === "apart"}
        title={t("samePerson.whyNotSame")}
        action={t("samePerson.notSame")}
        busy={apart.isPending}
        error={<ProblemNote error={apart.error} />}
        onReason={(why) => apart.mutate(why)}
        onClose={() => setDeciding(undefined)}
      />
      <ReasonDialog
        opened={deciding === "this" || deciding === "other"}
        title={t("samePerson.confirm", { kept: deciding === "other" ? other.name : person.name })}
        action={t("samePerson.merge")}
        busy={merge.isPending}
        error={<ProblemNote error={merge.error} />}
        onReason={(why) => merge.mutate(why)}
        onClose={() => setDeciding(undefined)}
      >
        <p>{t("samePerson.confirmLead")}</p>
        <WouldBeTwins one={person.id} other={other.id} reason={reason} />
      </ReasonDialog>
    </section>
  );
}
