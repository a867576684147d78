// Levels, classes and states, each with its own colour and always with its word.
import { useTranslation } from "react-i18next";

import type { Candidate, Classification, ContactClass, Flagged, Release, Task, TraceRun } from "../api/types";
import styles from "./Badges.module.css";

type Tone = "lacquer" | "turmeric" | "indigo" | "bamboo" | "plain";

export function Badge({ tone, children, solid }: { tone: Tone; children: React.ReactNode; solid?: boolean }) {
  return (
    <span className={styles.badge} data-tone={tone} data-solid={solid || undefined}>
      {children}
    </span>
  );
}

const levelTone = (level: number): Tone => (level === 0 ? "lacquer" : level === 1 ? "turmeric" : level === 2 ? "indigo" : "plain");

/** The level a trace found. A candidate is suspected ("nghi F1") until an officer assigns the class. */
export function LevelBadge({ level, suspected }: { level: number; suspected?: boolean }) {
  const { t } = useTranslation();
  return <Badge tone={levelTone(level)}>{suspected ? t("common.suspectedLevel", { level }) : `F${level}`}</Badge>;
}

export function ClassBadge({ of }: { of: ContactClass }) {
  const { t } = useTranslation();
  return of === "none" ? (
    <Badge tone="plain">{t("tracing.class.none")}</Badge>
  ) : (
    <Badge tone={of === "F1" ? "turmeric" : "indigo"} solid>
      {of}
    </Badge>
  );
}

const classificationTone: Record<Classification, Tone> = { suspect: "turmeric", probable: "turmeric", confirmed: "lacquer", discarded: "plain" };

export function ClassificationBadge({ of }: { of: Classification }) {
  const { t } = useTranslation();
  return (
    <Badge tone={classificationTone[of]} solid={of === "confirmed"}>
      {t(`cases.classification.${of}`)}
    </Badge>
  );
}

const statusTone: Record<Candidate["status"], Tone> = { open: "turmeric", assigned: "bamboo", dismissed: "plain", withdrawn: "plain" };

export function CandidateStatus({ of }: { of: Candidate["status"] }) {
  const { t } = useTranslation();
  return <Badge tone={statusTone[of]}>{t(`tracing.status.${of}`)}</Badge>;
}

const taskTone: Record<Task["state"], Tone> = { open: "turmeric", acknowledged: "indigo", done: "bamboo", withdrawn: "plain" };

export function TaskState({ of }: { of: Task["state"] }) {
  const { t } = useTranslation();
  return <Badge tone={taskTone[of]}>{t(`tasks.state.${of}`)}</Badge>;
}

const releaseTone: Record<Release["state"], Tone> = { awaiting: "turmeric", released: "bamboo", rejected: "plain", withdrawn: "plain" };

export function ReleaseState({ of }: { of: Release["state"] }) {
  const { t } = useTranslation();
  return <Badge tone={releaseTone[of]}>{t(`releases.state.${of}`)}</Badge>;
}

const colourTone: Record<Flagged["colour"], Tone> = { red: "lacquer", yellow: "turmeric", green: "bamboo" };

/** What a declaration came to, always with its word. */
export function ColourBadge({ of }: { of: Flagged["colour"] }) {
  const { t } = useTranslation();
  return (
    <Badge tone={colourTone[of]} solid={of === "red"}>
      {t(`declarations.colour.${of}`)}
    </Badge>
  );
}

const runTone: Record<TraceRun["state"], Tone> = { queued: "indigo", done: "bamboo", notInForce: "turmeric", withdrawn: "plain" };

export function RunState({ of }: { of: TraceRun["state"] }) {
  const { t } = useTranslation();
  return <Badge tone={runTone[of]}>{t(`tracing.run.${of}`)}</Badge>;
}

interface RiskProps {
  of: number;
  /** Of the rule set that found the person; without them the number stands alone. */
  thresholds?: { high: number; medium: number } | undefined;
}

/** Risk from 0 to 1000, as a short bar and its number. */
export function Risk({ of, thresholds }: RiskProps) {
  const { t } = useTranslation();
  const tone = !thresholds ? "plain" : of >= thresholds.high ? "lacquer" : of >= thresholds.medium ? "turmeric" : "bamboo";
  return (
    <span className={styles.risk} title={t("common.riskOf", { risk: of })}>
      <svg viewBox="0 0 40 6" aria-hidden>
        <rect width="40" height="6" rx="3" className={styles.track} />
        <rect width={Math.max(4, (of / 1000) * 40)} height="6" rx="3" data-tone={tone} className={styles.fill} />
      </svg>
      <span className="number">{of}</span>
    </span>
  );
}
