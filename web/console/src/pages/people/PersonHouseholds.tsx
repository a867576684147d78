// With whom somebody lives or lived, as officers wrote it down: also of people without a phone.
import { Button, Group, Stack } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { addHousemate, householdsQuery, moveOut } from "../../api/households";
import type { Person, PersonBrief, SharedHome } from "../../api/types";
import { showDay } from "../../logic/moments";
import { DayField } from "../../parts/DayField";
import { Dialog } from "../../parts/Dialog";
import { TextLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import { PersonFinder } from "../../parts/PersonFinder";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";

interface Props {
  person: Person;
  reason: string;
}

export function PersonHouseholds({ person, reason }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(householdsQuery(person.id, reason));
  const [open, setOpen] = useState<"add" | "out">();
  const [until, setUntil] = useState<string>();
  const done = (told: string) => {
    setOpen(undefined);
    say(told);
    return client.invalidateQueries({ queryKey: ["person-households"] });
  };
  const leaving = useMutation({ mutationFn: (why: string) => moveOut(person.id, until ?? "", why), onSuccess: () => done(t("people.households.movedOut")) });
  const households = data?.items ?? [];
  const livesHere = households.some((one) => one.members.some((mate) => mate.person.id === person.id && !mate.until));
  return (
    <Panel
      title={t("people.households.title")}
      actions={
        <Group gap="xs">
          {livesHere && (
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                leaving.reset();
                setUntil(undefined);
                setOpen("out");
              }}
            >
              {t("people.households.moveOut")}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={() => setOpen("add")}>
            {t("people.households.add")}
          </Button>
        </Group>
      }
    >
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {data && households.length === 0 && <p className="quiet">{t("people.households.none")}</p>}
      {households.map((household) => (
        <Members key={household.id} of={household} but={person.id} />
      ))}
      <Dialog opened={open === "add"} onClose={() => setOpen(undefined)} title={t("people.households.add")}>
        <Adding person={person} onAdded={() => void done(t("people.households.added"))} />
      </Dialog>
      <ReasonDialog
        opened={open === "out"}
        title={t("people.households.moveOut")}
        action={t("people.households.moveOut")}
        ready={until !== undefined}
        busy={leaving.isPending}
        error={<ProblemNote error={leaving.error} />}
        onReason={(why) => leaving.mutate(why)}
        onClose={() => setOpen(undefined)}
      >
        <DayField label={t("people.households.day")} value={until} onChange={setUntil} max={localDate(Date.now())} />
      </ReasonDialog>
    </Panel>
  );
}

function Members({ of, but }: { of: SharedHome; but: string }) {
  const { t } = useTranslation();
  return (
    <ul aria-label={t("people.households.title")}>
      {of.members.map(({ person, from, until }) => (
        <li key={`${person.id} ${until ?? ""}`}>
          {person.id === but ? (
            <b>{person.name}</b>
          ) : (
            <TextLink to="/people/$person" params={{ person: person.id }}>
              {person.name}
            </TextLink>
          )}{" "}
          <span className="quiet">
            {[person.birthYear || t("common.unknown"), from ? t("people.households.since", { day: showDay(from) }) : t("people.households.sinceUnknown"), until && t("people.households.until", { day: showDay(until) })]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </li>
      ))}
      {of.elsewhere > 0 && <li className="quiet">{t("people.households.elsewhere", { count: of.elsewhere })}</li>}
    </ul>
  );
}

function Adding({ person, onAdded }: { person: Person; onAdded: () => void }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<{ other: PersonBrief; reason: string }>();
  const [from, setFrom] = useState<string>();
  const adding = useMutation({
    mutationFn: ({ other, reason }: { other: PersonBrief; reason: string }) => addHousemate(person.id, { person: other.id, ...(from ? { from } : {}), reason }),
    onSuccess: onAdded,
  });
  if (!chosen)
    return <PersonFinder action={t("people.households.choose")} resting={(one) => one.id === person.id} onTake={(other, reason) => setChosen({ other, reason })} />;
  return (
    <Stack>
      <p>{t("people.households.addLead", { name: chosen.other.name })}</p>
      <DayField label={t("people.households.from")} description={t("people.households.fromHelp")} value={from} onChange={setFrom} max={localDate(Date.now())} />
      {adding.error && <ProblemNote error={adding.error} />}
      <Group justify="flex-end">
        <Button loading={adding.isPending} onClick={() => adding.mutate(chosen)}>
          {t("people.households.add")}
        </Button>
      </Group>
    </Stack>
  );
}
