// One difference: what was recorded, what the person says, and what an officer makes of it. Opening it is logged.
import { Button, Group, Radio, Stack, Textarea } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { decideDifference, differenceQuery } from "../../api/differences";
import type { Difference, Ruling } from "../../api/types";
import { Doubts } from "../../parts/Doubts";
import { ButtonLink, TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useEdit } from "../../parts/useEdit";
import { When, WhenSpan } from "../../parts/When";
import styles from "../tasks/TaskPage.module.css";
import { DifferenceState } from "./DifferencesPage";

const route = getRouteApi("/office/differences/$difference");
const decisions = ["explained", "corrected", "referred"] as const;

export function DifferencePage() {
  const { difference: id } = route.useParams();
  const { data, error, refetch } = useQuery(differenceQuery(id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Loaded key={id} difference={data} /> : <Loading />;
}

function Loaded({ difference }: { difference: Difference }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { person } = difference;
  const show = (fresh: Difference) => {
    client.setQueryData(differenceQuery(difference.id).queryKey, fresh);
    void client.invalidateQueries({ queryKey: ["differences", "list"] });
  };
  const open = difference.state === "asked" || difference.state === "explained";
  return (
    <div className={styles.page}>
      <PageHead
        title={person?.name ?? ""}
        back={<TextLink to="/differences">{t("shell.section.differences")}</TextLink>}
        lead={person && `${t(`common.sex.${person.sex}`)}, ${person.birthYear || t("people.bornUnknown")} · ${difference.unitName}`}
      />
      <div className={styles.facts}>
        <DifferenceState of={difference.state} />
        <b>{t(`differences.kind.${difference.kind}`)}</b>
        <span>
          {t("declarations.at")} <When at={difference.declaredAt} />
        </span>
      </div>
      <p className={styles.advice}>{t(difference.kind === "named" ? "differences.leadOnly" : "differences.lead")}</p>
      {difference.gone && difference.goneWhy && (
        <p className={styles.advice}>
          {t(`differences.gone.${difference.goneWhy}`)} <When at={difference.gone} />
        </p>
      )}
      <Panel title={t("differences.evidence")} tight>
        <ul className={styles.attempts}>
          {(difference.evidence ?? []).map((seen, i) => (
            <li key={i}>
              {seen.record === "words" ? (
                <q>{seen.words}</q>
              ) : (
                <>
                  <b>{seen.placeName}</b> <WhenSpan from={seen.from} to={seen.to} />
                </>
              )}{" "}
              <span className="quiet">
                {seen.absent ? t("differences.absent") : t(`differences.record.${seen.record}`)}
                {seen.asked && `, ${t(`differences.asked.${seen.asked}`)}`}
                {seen.seat !== undefined && `, ${t("differences.seat", { seat: seen.seat })}`}
                {seen.claimed && `, ${t("differences.claimed")}`}
                {seen.later && `, ${t("differences.later")}`}
                {seen.estimated && ` (${t("differences.estimated")})`}
              </span>
              <Doubts of={seen.doubts} />
              <div className="quiet">{seen.unitName}</div>
            </li>
          ))}
        </ul>
        <ButtonLink to="/declarations/$declaration" params={{ declaration: difference.declaration }} preload={false} variant="default" mt="sm">
          {t("differences.declaration")}
        </ButtonLink>
      </Panel>
      <Panel title={t("differences.explanation")} tight>
        <p className={difference.explanation ? undefined : "quiet"}>{difference.explanation ?? t("differences.noExplanation")}</p>
      </Panel>
      {open && <RulingForm difference={difference} onDone={show} />}
      {difference.decision && (
        <Panel title={t("differences.ruling")} tight>
          <p>
            <b>{t(`differences.decision.${difference.decision}`)}</b> {difference.decided && <When at={difference.decided} />}{" "}
            <span className="quiet">{difference.decidedBy}</span>
          </p>
          <p>{difference.note}</p>
          {difference.state === "referred" && <p className="quiet">{t("differences.waiting")}</p>}
          {difference.answered && (
            <p>
              {t("differences.answered")} <When at={difference.answered} />
            </p>
          )}
        </Panel>
      )}
      <LoggedNote />
    </div>
  );
}

function RulingForm({ difference, onDone }: { difference: Difference; onDone: (fresh: Difference) => void }) {
  const { t } = useTranslation();
  const [decision, setDecision] = useState<Ruling["decision"]>();
  const [note, setNote] = useState("");
  const edit = useEdit<Difference, Ruling>({
    save: (change, version) => decideDifference(difference.id, version, change),
    compare: (change, current) => [
      { name: t("differences.ruling"), mine: t(`differences.decision.${change.decision}`), theirs: t(`differences.state.${current.state}`) },
      { name: t("differences.explanation"), mine: difference.explanation, theirs: current.explanation },
    ],
    onSaved: (fresh) => {
      say(t("differences.saved"));
      onDone(fresh);
    },
    onKept: onDone,
  });
  return (
    <Panel title={t("differences.ruling")} tight>
      <Stack>
        <p className="quiet">{t("differences.rulingLead")}</p>
        <Radio.Group aria-label={t("differences.ruling")} value={decision ?? ""} onChange={(value) => setDecision(decisions.find((one) => one === value))}>
          <Stack gap="xs">
            {decisions.map((value) => (
              <Radio key={value} value={value} label={t(`differences.decision.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea label={t("differences.note")} value={note} required onChange={(event) => setNote(event.currentTarget.value)} autosize minRows={2} maxLength={1000} />
        <ProblemNote error={edit.error} />
        <Group justify="flex-end">
          <Button disabled={!decision || !note.trim()} loading={edit.busy} onClick={() => decision && edit.save({ decision, note: note.trim() }, difference.version)}>
            {t("differences.decide")}
          </Button>
        </Group>
      </Stack>
      {edit.dialog}
    </Panel>
  );
}
