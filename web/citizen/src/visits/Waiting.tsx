// Submissions that wait for the network, and those the server refused: nothing that was tapped disappears in silence.

import { ApiError } from "@luytre/shared/api";
import { dayAndClock } from "@luytre/shared/time";

import { queue } from "../app/api";
import { useWaiting } from "../app/hooks";
import { useText } from "../i18n";
import type { Entry } from "../offline/queue";
import { Icon } from "../ui/Icon";
import { Button, ButtonLink, Notice } from "../ui/parts";
import { sayError } from "../ui/Trouble";
import styles from "./Waiting.module.css";

export function Waiting() {
  const { t } = useText();
  const entries = useWaiting();
  if (entries.length === 0) return null;
  return (
    <section className={styles.waiting} aria-label={t("waiting.title")}>
      <h2>{t("waiting.title")}</h2>
      <ul>
        {entries.map((entry) => (
          <Line key={entry.key} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

/** The server wants the person's agreement before it takes something that waits. */
export function ConsentNeeded() {
  const { t } = useText();
  return (
    <Notice tone="care" icon="hand" title={t("waiting.consent")} live>
      <p>{t("waiting.consentText")}</p>
      <ButtonLink to="/consents" tone="second">
        {t("waiting.consentRead")}
      </ButtonLink>
    </Notice>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { t, language } = useText();
  const at = entry.what.body.at;
  return (
    <li className={styles.line}>
      <Icon name={entry.refused ? "warn" : "cloud"} />
      <div className="grow">
        <p className="strong">
          {t(`waiting.${entry.what.kind}`, { place: entry.label.place ?? t("waiting.somePlace") })}
        </p>
        <p className="small soft">{[entry.label.person, dayAndClock(at, language)].filter(Boolean).join(" · ")}</p>
        {entry.refused ? (
          <p className={styles.refused}>{sayError(new ApiError(entry.refused), t).title}</p>
        ) : entry.needs ? (
          <ConsentNeeded />
        ) : (
          <p className="small soft">{t("waiting.soon")}</p>
        )}
        {(entry.refused || entry.needs) && (
          <Button tone="plain" onClick={() => void queue.remove(entry.key)}>
            {t(entry.refused ? "waiting.remove" : "waiting.drop")}
          </Button>
        )}
      </div>
    </li>
  );
}
