import { Tooltip, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Candidate, FollowUp, RuleSet } from "../../api/types";
import { CandidateStatus, ClassBadge, LevelBadge, Risk } from "../../parts/Badges";
import { CalendarStrip } from "../../parts/CalendarStrip";
import { DataTable, type Column, type TableSorting } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { UnitName, When } from "../../parts/When";
import styles from "./CandidateTable.module.css";

interface Props {
  rows: Candidate[];
  /** By candidate: who is followed up, day by day. */
  followUps: ReadonlyMap<string, FollowUp> | undefined;
  thresholds: RuleSet["risk"] | undefined;
  stale: boolean;
  sorting: TableSorting;
  onMark: (row: Candidate) => void;
  onOpen: (row: Candidate) => void;
  onAssign: (row: Candidate) => void;
}

export function CandidateTable({ rows, followUps, thresholds, stale, sorting, onMark, onOpen, onAssign }: Props) {
  const { t } = useTranslation();
  const columns: Column<Candidate>[] = [
    { key: "level", sort: "level", head: t("tracing.level"), cell: (row) => <LevelBadge level={row.level} suspected /> },
    {
      key: "name",
      head: t("people.name"),
      lead: true,
      cell: (row) => (
        <button type="button" className={styles.name} onClick={() => onOpen(row)}>
          {row.person.name} <span>{row.person.birthYear || t("people.bornUnknown")}</span>
        </button>
      ),
    },
    { key: "risk", sort: "risk", head: t("tracing.risk"), cell: (row) => <Risk of={row.risk} thresholds={thresholds} /> },
    { key: "evidence", head: t("tracing.strongest"), grow: true, cell: (row) => <Strongest of={row} /> },
    { key: "since", sort: "exposure", head: t("tracing.since"), cell: (row) => <When at={row.exposedSince} /> },
    { key: "unit", head: t("people.residence"), cell: (row) => <UnitName path={row.person.unitPath} /> },
    {
      key: "status",
      head: t("tracing.statusHead"),
      cell: (row) => (row.status === "assigned" && row.class ? <ClassBadge of={row.class} /> : <CandidateStatus of={row.status} />),
    },
    ...(followUps && followUps.size > 0
      ? [{ key: "followUp", head: t("followUps.stripHead"), cell: (row: Candidate) => <Followed of={followUps.get(row.id)} /> }]
      : []),
  ];
  return (
    <DataTable
      rows={rows}
      columns={columns}
      rowKey={(row) => row.id}
      caption={t("cases.contacts")}
      onMark={onMark}
      onOpen={onOpen}
      keys={[{ keys: "a", says: t("keys.assign"), run: onAssign }]}
      tone={(row) => (row.status === "withdrawn" || row.status === "dismissed" ? "faded" : undefined)}
      stale={stale}
      sorting={sorting}
    />
  );
}

/** The calendar of a contact, which opens the follow-up. */
function Followed({ of }: { of: FollowUp | undefined }) {
  const { t } = useTranslation();
  if (!of) return null;
  return (
    <span className={styles.followed}>
      <CalendarStrip of={of} />
      <TextLink to="/follow-ups/$followUp" params={{ followUp: of.id }} preload={false}>
        {t(`followUps.state.${of.state}`)}
        <VisuallyHidden>{`. ${t("followUps.open", { name: of.person.name })}`}</VisuallyHidden>
      </TextLink>
    </span>
  );
}

/** The strongest evidence in a few words; how much more there is. */
function Strongest({ of }: { of: Candidate }) {
  const { t } = useTranslation();
  const [first] = of.evidence;
  if (!first) return null;
  const where = first.place?.name ?? first.where ?? t(`tracing.evidence.${first.kind}`);
  const declared = first.kind === "declared";
  return (
    <span className={styles.evidence}>
      <span>
        {where}
        {first.zone && ` · ${first.zone}`}
      </span>
      {first.kind !== "household" && !(declared && first.estimated) && <b className="number">{t("common.minutes", { count: first.minutes })}</b>}
      {first.estimated && (
        <Tooltip label={t(declared ? "declared.dayTold" : "timeline.estimated")}>
          <i>{t(declared ? "declared.dayShort" : "tracing.estimatedShort")}</i>
        </Tooltip>
      )}
      {first.doubts.length + first.doubtsOfOther.length > 0 && (
        <Tooltip label={[...new Set([...first.doubts, ...first.doubtsOfOther])].map((doubt) => t(`tracing.doubt.${doubt}`)).join("; ")}>
          <i>{t("tracing.doubtful.mark")}</i>
        </Tooltip>
      )}
      {declared && <i>{t("declared.short")}</i>}
      {of.evidenceCount > 1 && <em>{t("tracing.moreEvidence", { count: of.evidenceCount - 1 })}</em>}
    </span>
  );
}
