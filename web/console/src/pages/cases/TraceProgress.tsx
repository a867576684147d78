// A trace under way, and what the last one found. It runs on the server: the page can be left.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { IconRoute } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { runsQuery, startTrace } from "../../api/tracing";
import { useOfficer } from "../../api/session";
import type { TraceRun } from "../../api/types";
import { elapsed } from "../../logic/moments";
import { holds } from "../../logic/navigation";
import { ProblemNote } from "../../parts/ProblemNote";
import { Ago, useLanguage } from "../../parts/When";
import styles from "./TraceProgress.module.css";

export function TraceProgress({ caseId }: { caseId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const mayTrace = holds(useOfficer(), "districtOfficer", "provinceOfficer");
  const runs = useQuery(runsQuery(caseId));
  const last = runs.data?.items[0];
  const running = last?.state === "queued";

  // When a run that was watched ends, the lists it fills are read again, stream or not.
  const watched = useRef(false);
  useEffect(() => {
    if (watched.current && !running) void client.invalidateQueries({ queryKey: ["cases"] });
    watched.current = running;
  }, [running, client]);

  const again = useMutation({
    mutationFn: () => startTrace(caseId),
    onSuccess: () => client.invalidateQueries({ queryKey: runsQuery(caseId).queryKey }),
  });
  if (runs.error) return <ProblemNote error={runs.error} retry={() => void runs.refetch()} />;
  if (!runs.data) return null;
  return (
    <div className={`${styles.bar} no-print`} data-running={running || undefined} role="status">
      <IconRoute size={19} stroke={1.7} aria-hidden />
      <div className={styles.words}>{last ? <RunLine run={last} /> : t("tracing.notYet")}</div>
      {mayTrace && !running && (
        <Button size="xs" variant="default" onClick={() => again.mutate()} loading={again.isPending}>
          {t("tracing.again")}
        </Button>
      )}
      {running && <div className={styles.moving} aria-hidden />}
      <ProblemNote error={again.error} />
    </div>
  );
}

/** One run in a sentence. */
export function RunLine({ run }: { run: TraceRun }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (run.state === "queued") {
    return (
      <>
        <b>{t("tracing.running")}</b> {t("tracing.mayLeave")}
      </>
    );
  }
  if (run.state === "notInForce") return <>{t("tracing.notInForce")}</>;
  if (run.state === "withdrawn") return <>{t("tracing.runWithdrawn")}</>;
  const levels = run.found.map((count, i) => `F${i + 1}: ${count}`).join(" · ");
  return (
    <>
      <b>{levels || t("tracing.foundNobody")}</b>{" "}
      {t("tracing.searched", { links: run.linksFound, time: elapsed(run.elapsedMicroseconds, language) })} <Engine of={run} /> <Ago at={run.at} />
      <CutShort of={run} />
    </>
  );
}

/** What traced; runs of before the presence index do not say why. */
function Engine({ of: run }: { of: TraceRun }) {
  const { t } = useTranslation();
  if (run.engine === "index") return <>{t("tracing.byIndex")}</>;
  return run.whySql ? <>{t("tracing.bySql", { why: t(`tracing.whySql.${run.whySql}`) })}</> : null;
}

/** That levels are missing; the depth of the rule set is no news. */
function CutShort({ of: run }: { of: TraceRun }) {
  const { t } = useTranslation();
  if (run.stopped !== "count" && run.stopped !== "time") return null;
  return <p>{t(`tracing.stopped.${run.stopped}`)}</p>;
}
