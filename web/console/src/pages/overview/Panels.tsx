// The lists beside the numbers, each a short look at a longer one.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { inForceQuery } from "../../api/decisions";
import { awaitingReleasesQuery, recentCasesQuery, workloadQuery } from "../../api/overview";
import { isOverdue } from "../../logic/tasks";
import { ClassificationBadge, LevelBadge } from "../../parts/Badges";
import { ButtonLink, TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { useDiseaseName } from "../../parts/useNames";
import { Due, useNow, When } from "../../parts/When";
import { DecisionLine } from "../decisions/DecisionLine";
import styles from "./Panels.module.css";

interface ShortListProps<T> {
  query: { data?: T[] | undefined; error: unknown; isLoading: boolean; refetch: () => unknown };
  empty: ReactNode;
  children: (item: T) => ReactNode;
}

export function ShortList<T>({ query, empty, children }: ShortListProps<T>) {
  if (query.error) return <ProblemNote error={query.error} retry={() => void query.refetch()} />;
  if (query.isLoading || !query.data) return <Loading rows={3} />;
  if (query.data.length === 0) return <>{empty}</>;
  return <ul className={styles.list}>{query.data.map(children)}</ul>;
}

export function FirstTasks() {
  const { t } = useTranslation();
  const now = useNow();
  const work = useQuery({ ...workloadQuery, select: (data) => data.first });
  return (
    <Panel title={t("overview.firstTasks")} actions={<TextLink to="/tasks">{t("overview.allTasks")}</TextLink>}>
      <ShortList query={work} empty={<Empty bare title={t("overview.noTasks")} />}>
        {(task) => (
          <li key={task.id}>
            <Link to="/tasks/$task" params={{ task: task.id }} className={styles.row}>
              <span className={styles.name}>
                <b>{task.person.name}</b> <span className="quiet">{task.person.birthYear || t("people.bornUnknown")}</span>
                <small>
                  {t(`tasks.kind.${task.kind}`)} · {task.unitName}
                </small>
              </span>
              <LevelBadge level={task.level} suspected />
              <span className={isOverdue(task, now) ? styles.late : styles.due}>
                <Due at={task.dueAt} />
              </span>
            </Link>
          </li>
        )}
      </ShortList>
    </Panel>
  );
}

export function RecentCases() {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const cases = useQuery({ ...recentCasesQuery, select: (data) => data.items });
  return (
    <Panel title={t("overview.recentCases")} actions={<TextLink to="/cases">{t("overview.allCases")}</TextLink>}>
      <ShortList
        query={cases}
        empty={
          <Empty bare title={t("overview.noCases")}>
            <ButtonLink to="/cases/new" variant="light">
              {t("cases.new")}
            </ButtonLink>
          </Empty>
        }
      >
        {(one) => (
          <li key={one.id}>
            <Link to="/cases/$case" params={{ case: one.id }} className={styles.row}>
              <span className={styles.name}>
                <b>{one.number}</b> {one.person.name}
                <small>
                  {disease(one.disease)} · {one.person.unitPath}
                </small>
              </span>
              <ClassificationBadge of={one.classification} />
            </Link>
          </li>
        )}
      </ShortList>
    </Panel>
  );
}

export function WaitingReleases() {
  const { t } = useTranslation();
  const releases = useQuery({ ...awaitingReleasesQuery, select: (data) => data.items });
  if (releases.data?.length === 0) return null;
  return (
    <Panel title={t("overview.waitingReleases")} actions={<TextLink to="/releases">{t("overview.allReleases")}</TextLink>}>
      <ShortList query={releases} empty={null}>
        {(release) => (
          <li key={release.id}>
            <Link to="/releases" search={{ state: "awaiting" }} className={styles.row}>
              <span className={styles.name}>
                <b>{t("common.people", { count: release.people })}</b>
                <small>{t("releases.askedBy", { name: release.requestedBy })}</small>
              </span>
              {release.requestedAt && <When at={release.requestedAt} />}
            </Link>
          </li>
        )}
      </ShortList>
    </Panel>
  );
}

export function InForcePanel({ mayDecide, linked }: { mayDecide: boolean; linked: boolean }) {
  const { t } = useTranslation();
  const inForce = useQuery({ ...inForceQuery, select: (data) => data.items });
  return (
    <Panel
      title={t("overview.inForce")}
      actions={linked && <TextLink to="/decisions">{t(mayDecide ? "overview.decide" : "overview.allDecisions")}</TextLink>}
    >
      <ShortList query={inForce} empty={<Empty bare title={t("decisions.nothing")}>{t("decisions.nothingLead")}</Empty>}>
        {(decision) => (
          <li key={`${decision.purpose} ${decision.disease} ${decision.unit ?? ""} ${decision.from}`} className={styles.row}>
            <DecisionLine decision={decision} />
          </li>
        )}
      </ShortList>
    </Panel>
  );
}
