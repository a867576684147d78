// A contact for whom no rule says how long: an officer of the contact's unit names the days, or says that nobody follows, and why.
import { Button, Group, NumberInput, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { day, localDate, noon } from "@luytre/shared/time";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { sayByHand, unruledQuery } from "../../api/by-hand";
import type { NewByHand, Unruled } from "../../api/types";
import { daysMost, daysWrong, lastDayOf, saidOf, type Word } from "../../logic/by-hand";
import { ClassBadge } from "../../parts/Badges";
import { Fact, Facts } from "../../parts/Facts";
import { ButtonLink, TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, fieldText, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useEdit } from "../../parts/useEdit";
import { useDiseaseName } from "../../parts/useNames";
import { useLanguage, useNow, When } from "../../parts/When";
import taskStyles from "../tasks/TaskPage.module.css";

const route = getRouteApi("/office/follow-ups/by-hand/$candidate");
const choices = ["follow", "nobody"] as const;

export function ByHandPage() {
  const { candidate } = route.useParams();
  const { data, error, refetch } = useQuery(unruledQuery(candidate));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Loaded key={candidate} of={data} /> : <Loading />;
}

function Loaded({ of }: { of: Unruled }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const disease = useDiseaseName();
  const client = useQueryClient();
  const [again, setAgain] = useState(false);
  const show = (fresh: Unruled) => {
    client.setQueryData(unruledQuery(of.candidate).queryKey, fresh);
    setAgain(false);
    void client.invalidateQueries({ queryKey: ["waiting"] });
    for (const key of ["list", "case", "one"]) void client.invalidateQueries({ queryKey: ["follow-ups", key] });
  };
  return (
    <div className={taskStyles.page}>
      <PageHead
        title={of.person.name}
        back={<TextLink to="/waiting">{t("staff.waiting.title")}</TextLink>}
        lead={
          <>
            {t(`common.sex.${of.person.sex}`)}, {of.person.birthYear || t("people.bornUnknown")} · {of.unitName} · {disease(of.disease)}
          </>
        }
      />
      <Panel title={t("byHand.noRule", { class: of.class })} tight>
        <p>{t("byHand.noRuleLead")}</p>
        <Facts>
          <Fact name={t("tracing.classHead")}>
            <ClassBadge of={of.class} /> {of.caseNumber}
          </Fact>
          <Fact name={t("byHand.since")}>
            <When at={of.since} />
          </Fact>
          {of.lastExposure && <Fact name={t("byHand.lastExposure")}>{day(noon(of.lastExposure), language)}</Fact>}
        </Facts>
        {of.ill && <p>{t("byHand.ill")}</p>}
        {of.followUp && (
          <Group>
            <span>{t(of.said?.days ? "byHand.begun" : "byHand.held")}</span>
            <ButtonLink to="/follow-ups/$followUp" params={{ followUp: of.followUp }} preload={false} variant="default">
              {t("byHand.openFollowUp")}
            </ButtonLink>
          </Group>
        )}
      </Panel>
      {of.said && <Said said={of.said} />}
      {!of.yours && <p>{t("byHand.notYours", { unit: of.unitName })}</p>}
      {of.yours && of.said && !again && (
        <Button variant="default" onClick={() => setAgain(true)}>
          {t("byHand.change")}
        </Button>
      )}
      {of.yours && (!of.said || again) && <SayForm of={of} onSaved={show} />}
      <LoggedNote />
    </div>
  );
}

function Said({ said }: { said: NonNullable<Unruled["said"]> }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("byHand.said")} tight>
      <p>
        <b>{said.days ? t("byHand.saidDays", { count: said.days }) : t("byHand.choice.nobody")}</b> {said.note}
      </p>
      {said.source && <p>{t("followUps.rule", { rule: said.source })}</p>}
      <p className="quiet">
        {said.by} · <When at={said.at} />
      </p>
    </Panel>
  );
}

/** Nothing is chosen beforehand. */
function SayForm({ of, onSaved }: { of: Unruled; onSaved: (fresh: Unruled) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const today = localDate(useNow());
  const [word, setWord] = useState<Word>({ choice: undefined, days: undefined, note: "", source: "" });
  const put = (change: Partial<Word>) => setWord((before) => ({ ...before, ...change }));
  const told = (said: NewByHand | Unruled["said"]) => said && (said.days ? t("byHand.saidDays", { count: said.days }) : t("byHand.choice.nobody"));
  const edit = useEdit<Unruled, NewByHand>({
    save: (said, version) => sayByHand(of.candidate, version, said),
    compare: (said, current) => [
      { name: t("byHand.what"), mine: told(said), theirs: told(current.said) },
      { name: t("byHand.note"), mine: said.note, theirs: current.said?.note },
    ],
    onSaved: (fresh) => {
      say(t("byHand.saved"));
      onSaved(fresh);
    },
    onKept: onSaved,
  });
  const said = saidOf(word, of.lastExposure, today);
  const wrong = word.days === undefined ? undefined : daysWrong(word.days, of.lastExposure, today);
  return (
    <Panel title={t("byHand.what")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (said) edit.save(said, of.version);
        }}
      >
        <Stack>
          <Radio.Group label={t("byHand.what")} required value={word.choice ?? ""} onChange={(next) => put({ choice: choices.find((one) => one === next) })}>
            <Stack mt={6} gap={8}>
              {choices.map((one) => (
                <Radio key={one} value={one} label={t(`byHand.choice.${one}`)} description={t(`byHand.choiceIs.${one}`)} />
              ))}
            </Stack>
          </Radio.Group>
          {word.choice === "follow" && (
            <>
              <NumberInput
                label={t("byHand.days")}
                description={
                  word.days !== undefined && !wrong && of.lastExposure
                    ? t("followUps.until", { day: day(noon(lastDayOf(of.lastExposure, word.days)), language) })
                    : t("byHand.daysHelp")
                }
                required
                min={1}
                max={daysMost}
                allowDecimal={false}
                value={word.days ?? ""}
                onChange={(next) => put({ days: typeof next === "number" ? next : undefined })}
                error={wrong === "over" ? t("byHand.over") : fieldText(t, edit.error, "/days")}
              />
              <TextInput
                label={t("byHand.source")}
                description={t("byHand.sourceHelp")}
                required
                maxLength={300}
                value={word.source}
                onChange={(event) => put({ source: event.currentTarget.value })}
                error={fieldText(t, edit.error, "/source")}
              />
            </>
          )}
          <Textarea
            label={t("byHand.note")}
            required
            autosize
            minRows={2}
            maxLength={300}
            value={word.note}
            onChange={(event) => put({ note: event.currentTarget.value })}
            error={fieldText(t, edit.error, "/note")}
          />
          <ProblemNote error={edit.error} />
          <Group justify="flex-end">
            <Button type="submit" disabled={!said} loading={edit.busy}>
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
      {edit.dialog}
    </Panel>
  );
}
