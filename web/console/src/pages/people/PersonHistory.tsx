// One person's time line over all rooms, newest first: each room tells what the officer may see there, and logs it with the reason given for the record.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { historyQuery } from "../../api/people";
import type { PersonMoment } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { useDiseaseName, useFormName, useSpecimenName } from "../../parts/useNames";
import { Day, When } from "../../parts/When";

export function PersonHistory({ person, reason }: { person: string; reason: string }) {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const [asked, setAsked] = useState(false);
  const history = useQuery({ ...historyQuery(person, reason), enabled: asked });
  // Two results of a day may say the same: nothing that is told of a moment tells it apart.
  const moments = history.data?.map((moment, at) => ({ ...moment, key: String(at) }));
  const columns: Column<PersonMoment>[] = [
    { key: "at", head: t("people.history.when"), lead: true, cell: (row) => <Span of={row} /> },
    { key: "what", head: t("people.history.what"), cell: (row) => <What of={row} /> },
    { key: "says", head: t("people.history.says"), grow: true, cell: (row) => <Says of={row} /> },
    { key: "disease", head: t("cases.disease"), cell: (row) => (row.disease ? disease(row.disease) : "–") },
  ];
  return (
    <Panel
      title={t("people.history.title")}
      actions={
        !asked && (
          <Button variant="default" onClick={() => setAsked(true)}>
            {t("people.history.show")}
          </Button>
        )
      }
    >
      <p className="quiet">{t("people.history.lead")}</p>
      {asked && <LoggedNote />}
      <ProblemNote error={history.error} retry={() => void history.refetch()} />
      {history.isLoading && <Loading rows={4} />}
      {moments?.length === 0 && <Empty bare title={t("people.history.none")} />}
      {moments && moments.length > 0 && (
        <DataTable rows={moments} columns={columns} rowKey={(row) => row.key} caption={t("people.history.title")} />
      )}
    </Panel>
  );
}

function Span({ of }: { of: PersonMoment }) {
  const one = (at: string) => (of.day ? <Day at={at} /> : <When at={at} />);
  return (
    <>
      {one(of.at)}
      {of.to && of.to !== of.at && <> – {one(of.to)}</>}
    </>
  );
}

function What({ of }: { of: PersonMoment }) {
  const { t } = useTranslation();
  const text = t(`people.history.kind.${of.kind}`);
  const name = of.number ? `${text} · ${of.number}` : text;
  if (!of.subject) return name;
  switch (of.kind) {
    case "followUp":
      return (
        <TextLink to="/follow-ups/$followUp" params={{ followUp: of.subject }}>
          {name}
        </TextLink>
      );
    case "order":
      return (
        <TextLink to="/orders/$order" params={{ order: of.subject }}>
          {name}
        </TextLink>
      );
    case "declared":
      return (
        <TextLink to="/declarations/$declaration" params={{ declaration: of.subject }}>
          {name}
        </TextLink>
      );
    default:
      return (
        <TextLink to="/cases/$case" params={{ case: of.subject }}>
          {name}
        </TextLink>
      );
  }
}

/** Words of the room that tells it. */
function Says({ of }: { of: PersonMoment }) {
  const { t } = useTranslation();
  const form = useFormName();
  const specimen = useSpecimenName();
  const { says, state } = of;
  switch (of.kind) {
    case "exposure":
      return says ? <Badge tone="plain">{t(`tracing.class.${says as "F1"}`)}</Badge> : t("people.history.notAsked");
    case "followUp":
      return t(`followUps.state.${state as "open"}`);
    case "order":
      return `${t(`orders.kind.${says as "quarantine"}`)}: ${t(`orders.state.${state as "draft"}`)}`;
    case "sampled":
      return [specimen(of.disease ?? "", says ?? ""), state && t(`laboratory.own.${state as "sampled"}`)].filter(Boolean).join(": ");
    case "result":
      return [`${t(`laboratory.method.${says as "pcr"}`)}: ${t(`laboratory.outcome.${state as "negative"}`)}`, of.detail].filter(Boolean).join(", ");
    case "declared":
      return `${form(says ?? "")}: ${t(`declarations.colour.${state as "green"}`)}`;
    case "outcome":
      return t(`cases.course.outcomes.${says as "recovered"}`);
    default:
      return t(`cases.classification.${says as "suspect"}`);
  }
}
