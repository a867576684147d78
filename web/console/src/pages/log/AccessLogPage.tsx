import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconShieldCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useAccessLog } from "../../api/log";
import type { LogEntry } from "../../api/types";
import { logFilter } from "../../logic/filters";
import { officerRoles } from "../../logic/navigation";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { DayField } from "../../parts/DayField";
import { FilterBar } from "../../parts/FilterBar";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { When } from "../../parts/When";
import styles from "./AccessLogPage.module.css";
import { VerifyLog } from "./VerifyLog";

const route = getRouteApi("/office/access-log");
const purposes = [
  "ownRecord",
  "placeKeeping",
  "caseManagement",
  "tracing",
  "followUp",
  "declarationReview",
  "command",
  "audit",
  "administration",
] as const;

/** Who looked at whose data, when, why, and whether it was allowed. Persons and accounts are ids here: the auditor sees no data. */
export function AccessLogPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const list = useAccessLog(filter);
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: "/access-log", search: (before) => logFilter({ ...before, ...change }), replace: true });
  const filtered = Object.keys(filter).length > 0;
  const role = (code: string) => {
    const known = officerRoles.find((one) => one === code);
    if (known) return t(`shell.roles.${known}`);
    return t(code === "citizen" ? "log.citizen" : code === "integrator" ? "log.program" : "log.nobody");
  };
  // Every action of the sources is worded (tools/lint.mjs); what only a newer server names stands for itself.
  const action = (code: string) => t(`log.action.${code.replace(/\W/g, "_")}` as "log.action.people_read", { defaultValue: code });
  const note = (code: string) => t(`log.note.${code}` as "log.note.caseFile", { defaultValue: code });
  const purpose = (code: string) => {
    const known = purposes.find((one) => one === code);
    return known ? t(`log.purpose.${known}`) : code;
  };

  const columns: Column<LogEntry>[] = [
    { key: "at", head: t("log.at"), lead: true, cell: (row) => <When at={row.at} /> },
    {
      key: "who",
      head: t("log.who"),
      cell: (row) => (
        <>
          <button type="button" className={styles.filter} onClick={() => set({ account: row.account })}>
            {row.name || row.account}
          </button>
          <div className="quiet">
            {role(row.role)}
            {row.unitName && ` · ${row.unitName}`}
          </div>
        </>
      ),
    },
    {
      key: "did",
      head: t("log.did"),
      cell: (row) => (
        <>
          <span title={row.action}>{action(row.action)}</span>
          <div className="quiet">{purpose(row.purpose)}</div>
        </>
      ),
    },
    {
      key: "about",
      head: t("log.about"),
      cell: (row) =>
        row.person ? (
          <button type="button" className={styles.filter} onClick={() => set({ person: row.person })}>
            {row.person}
          </button>
        ) : row.persons > 1 ? (
          t("common.people", { count: row.persons })
        ) : (
          row.about
        ),
    },
    {
      key: "why",
      head: t("log.why"),
      grow: true,
      cell: (row) => [[row.note && note(row.note), row.record].filter(Boolean).join(" "), row.reason, row.filter].filter(Boolean).join(" · "),
    },
    {
      key: "passed",
      head: t("log.answer"),
      cell: (row) => <Badge tone={row.passed ? "bamboo" : "lacquer"}>{t(row.passed ? "log.passed" : "log.refused")}</Badge>,
    },
  ];

  return (
    <>
      <PageHead title={t("shell.section.accessLog")} lead={t("log.lead")} />
      <VerifyLog />
      <FilterBar onClear={filtered ? () => void navigate({ to: "/access-log", search: {}, replace: true }) : undefined}>
        <div className={styles.days}>
          <DayField label={t("log.from")} value={filter.from} onChange={(from) => set({ from })} />
          <DayField label={t("log.to")} value={filter.to} onChange={(to) => set({ to })} />
        </div>
        {filter.account && (
          <span>
            {t("log.who")}: <code>{filter.account}</code>
          </span>
        )}
        {filter.person && (
          <span>
            {t("log.about")}: <code>{filter.person}</code>
          </span>
        )}
      </FilterBar>
      <ListFrame list={list} empty={<Empty icon={<IconShieldCheck size={38} stroke={1.3} />} title={t(filtered ? "log.noneFound" : "log.none")} />}>
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t("shell.section.accessLog")}
            tone={(row) => (row.passed ? undefined : "alarm")}
            stale={list.stale}
          />
        )}
      </ListFrame>
    </>
  );
}
