import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { ruleSetsQuery } from "../../api/cases";
import { contactHistoryQuery } from "../../api/follow-ups";
import { investigationQuery } from "../../api/investigations";
import { runsQuery } from "../../api/tracing";
import { showDay } from "../../logic/moments";
import { RunState } from "../../parts/Badges";
import { Fact, Facts } from "../../parts/Facts";
import { TextLink } from "../../parts/links";
import { Empty } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { useNow, When } from "../../parts/When";
import styles from "./CaseOverview.module.css";
import { ContactHistoryPanel } from "./ContactHistoryPanel";
import { CoursePanel } from "./CoursePanel";
import { DateRuler } from "./DateRuler";
import { FindingsPanel } from "./investigation/FindingsPanel";
import { NotificationPanel } from "./NotificationPanel";
import { OutbreakPanel } from "./OutbreakPanel";
import { RuleSetNote } from "./RuleSetNote";
import { SourcePanel } from "./SourcePanel";
import { RunLine } from "./TraceProgress";
import { useCase } from "./useCase";

export function CaseOverview() {
  const { t } = useTranslation();
  const file = useCase();
  const ruleSets = useQuery(ruleSetsQuery);
  const before = useQuery(contactHistoryQuery(file.id)).data;
  const asked = useQuery(investigationQuery(file.id)).data;
  const ruleSet = ruleSets.data?.items.find((one) => one.id === file.ruleSet);
  const now = useNow();
  const among = !file.isolatedAt && !(file.windowTo && Date.parse(file.windowTo) <= now);
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <Panel title={t("cases.dates")}>
          <DateRuler file={file} />
          <Facts>
            <Fact name={t("cases.onset")}>{file.onset ? showDay(file.onset) : t(file.sampleAt ? "cases.noSymptoms" : "common.unknown")}</Fact>
            <Fact name={t("cases.sampleAt")}>{file.sampleAt ? <When at={file.sampleAt} /> : t("common.unknown")}</Fact>
            <Fact name={t("cases.resultAt")}>
              {file.resultAt ? <When at={file.resultAt} /> : t("common.unknown")}
              {file.method && ` · ${t(`cases.methods.${file.method}`)}`}
            </Fact>
            {file.lineage && <Fact name={t("laboratory.lineage")}>{file.lineage}</Fact>}
            <Fact name={t("cases.isolatedAt")}>
              {file.isolatedAt ? <When at={file.isolatedAt} /> : t(file.classification === "confirmed" ? "cases.notIsolated" : "common.unknown")}
            </Fact>
            <Fact name={t("cases.window")}>
              {file.windowFrom ? (
                <>
                  <When at={file.windowFrom} /> – {file.windowTo ? <When at={file.windowTo} /> : t("cases.untilNow")}
                </>
              ) : (
                t("cases.noWindow")
              )}
            </Fact>
            <Fact name={t("cases.createdAt")}>
              <When at={file.createdAt} />
            </Fact>
          </Facts>
          {file.classification === "confirmed" && among && <Alert color="turmeric" mt="md">{t("cases.stillOpenWindow")}</Alert>}
          {file.note && (
            <p className={styles.note}>
              <span className="quiet">{t("cases.note")}</span> {file.note}
            </p>
          )}
        </Panel>
        {asked && asked.version > 0 && <FindingsPanel file={file} asked={asked} />}
        <CoursePanel file={file} />
        <NotificationPanel file={file} />
        {ruleSet && <RuleSetNote ruleSet={ruleSet} />}
      </div>
      <div className={styles.column}>
        <ContactCounts />
        {before && <ContactHistoryPanel of={before} />}
        <SourcePanel file={file} exposures={before?.exposures ?? []} />
        <OutbreakPanel file={file} />
        {file.classification === "confirmed" && <Runs caseId={file.id} />}
      </div>
    </div>
  );
}

/** Each number opens its list. */
function ContactCounts() {
  const { t } = useTranslation();
  const { id, counts } = useCase();
  const rows = [
    { name: t("common.suspectedLevel", { level: 1 }), count: counts.level1, search: { level: "1" as const } },
    { name: t("common.suspectedLevel", { level: 2 }), count: counts.level2, search: { level: "2" as const } },
    { name: t("cases.counts.open"), count: counts.open, search: { status: "open" as const } },
    { name: t("cases.counts.assigned"), count: counts.assigned, search: { status: "assigned" as const } },
  ];
  return (
    <Panel title={t("cases.contacts")}>
      <dl className={styles.counts}>
        {rows.map((row) => (
          <div key={row.name}>
            <dt>{row.name}</dt>
            <dd>
              <TextLink to="/cases/$case/candidates" params={{ case: id }} search={row.search} fw={600}>
                {row.count}
              </TextLink>
            </dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{t("cases.leadsNotVerdicts")}</p>
    </Panel>
  );
}

function Runs({ caseId }: { caseId: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(runsQuery(caseId));
  if (!data) return null;
  return (
    <Panel title={t("tracing.runs")}>
      {data.items.length === 0 && <Empty bare title={t("tracing.notYet")} />}
      <ol className={styles.runs}>
        {data.items.map((run) => (
          <li key={run.id}>
            <div>
              <When at={run.at} /> <RunState of={run.state} />
            </div>
            <RunLine run={run} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}
