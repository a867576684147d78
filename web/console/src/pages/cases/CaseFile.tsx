// One case: its head, the trace that may be running, and the tabs beneath.
import { Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { caseQuery } from "../../api/cases";
import { useOfficer } from "../../api/session";
import type { Case } from "../../api/types";
import { holds } from "../../logic/navigation";
import { ClassificationBadge } from "../../parts/Badges";
import { ButtonLink, TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { useDiseaseName } from "../../parts/useNames";
import { CaseActions } from "./CaseActions";
import styles from "./CaseFile.module.css";
import { TraceProgress } from "./TraceProgress";
import { TwinNotice } from "./TwinNotice";

const route = getRouteApi("/office/cases/$case");

export function CaseFile() {
  const { case: id } = route.useParams();
  const { data, error, refetch } = useQuery(caseQuery(id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Loaded key={id} file={data} /> : <Loading />;
}

function Loaded({ file }: { file: Case }) {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const warns = holds(useOfficer(), "districtOfficer", "provinceOfficer");
  const params = { case: file.id };
  const found = file.counts.level1 + file.counts.level2;
  return (
    <>
      <PageHead
        title={file.number}
        back={<TextLink to="/cases">{t("shell.section.cases")}</TextLink>}
        lead={
          <Group gap="sm">
            <ClassificationBadge of={file.classification} />
            <b>{file.person.name}</b>
            <span>
              {t(`common.sex.${file.person.sex}`)}, {file.person.birthYear || t("people.bornUnknown")} · {file.person.unitPath} · {disease(file.disease)}
            </span>
            {file.status === "closed" && <span className="quiet">{file.outcome ? t(`cases.course.outcomes.${file.outcome}`) : t("cases.closed")}</span>}
          </Group>
        }
      >
        {file.classification !== "discarded" && (
          <ButtonLink to="/orders/new" search={{ case: file.id }} preload={false} variant="default">
            {t("orders.newIsolation")}
          </ButtonLink>
        )}
        {file.status === "open" && (
          <ButtonLink to="/laboratory" search={{ case: file.id }} preload={false} variant="default">
            {t("laboratory.takeOne")}
          </ButtonLink>
        )}
        <CaseActions file={file} />
      </PageHead>
      <TwinNotice file={file} />
      {file.classification === "confirmed" && <TraceProgress caseId={file.id} />}
      <nav className={`${styles.tabs} no-print`} aria-label={file.number}>
        <Link to="/cases/$case" params={params} activeOptions={{ exact: true }}>
          {t("cases.tabs.overview")}
        </Link>
        <Link to="/cases/$case/candidates" params={params} activeOptions={{ includeSearch: false }}>
          {t("cases.tabs.candidates")} {found > 0 && <i>{found}</i>}
        </Link>
        {file.classification !== "discarded" && (
          <Link to="/cases/$case/graph" params={params}>
            {t("cases.tabs.graph")}
          </Link>
        )}
        {warns && (
          <Link to="/cases/$case/warnings" params={params}>
            {t("cases.tabs.warnings")}
          </Link>
        )}
        {file.classification === "confirmed" && (
          <Link to="/cases/$case/gates" params={params}>
            {t("cases.tabs.gates")}
          </Link>
        )}
        <Link to="/cases/$case/interview" params={params}>
          {t("interviews.tab")}
        </Link>
        <Link to="/cases/$case/investigation" params={params}>
          {t("investigation.tab")}
        </Link>
        <Link to="/cases/$case/timeline" params={params}>
          {t("caseTimeline.tab")}
        </Link>
        <Link to="/cases/$case/history" params={params}>
          {t("cases.tabs.history")}
        </Link>
      </nav>
      <Outlet />
    </>
  );
}
