// The checks of an order at home: every window from the signature to the last day, and what the station did about those that were told.
import { VisuallyHidden } from "@mantine/core";
import { clock, localDate } from "@luytre/shared/time";
import { useTranslation } from "react-i18next";

import type { Order } from "../../api/types";
import { showDay } from "../../logic/moments";
import { ButtonLink, TextLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import { useLanguage, When } from "../../parts/When";
import strip from "../../parts/CalendarStrip.module.css";

type Checks = NonNullable<Order["checks"]>;
type Check = Checks["strip"][number];
type Told = NonNullable<Check["told"]>;

const signs: Record<Check["state"], string> = { done: "✓", late: "✓", missed: "×", open: "?", later: "" };
/** Which of the strip's colours. */
const colours: Record<Check["state"], string> = { done: "none", late: "none", missed: "missed", open: "due", later: "later" };

export function ChecksPanel({ of }: { of: Order }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const clockOf = (at: string) => clock(at, language);
  const checks = of.checks;
  if (!checks) return null;
  const days = [...new Set(checks.strip.map((one) => localDate(Date.parse(one.from))))];
  const told = checks.strip.filter((one) => one.told);
  const today = localDate(Date.now());
  const asked = of.state === "running" && checks.form && of.firstDay <= today && today <= of.lastDay;
  return (
    <Panel title={t("orders.checks.title")} tight>
      {checks.windows.length > 0 && (
        <p>
          {t(checks.ownWindows ? "orders.checks.ownWindows" : "orders.checks.ruleWindows")} <span className="number">{checks.windows.map(({ from, until }) => `${from}–${until}`).join(", ")}</span>
        </p>
      )}
      <div>
        {days.map((day) => (
          <div key={day} style={{ display: "flex", flexWrap: "wrap", gap: 10, alignItems: "center", marginBottom: 4 }}>
            <span className="number quiet">{showDay(day)}</span>
            <ol className={strip.strip} data-large aria-label={t("orders.checks.strip", { day: showDay(day) })}>
              {checks.strip
                .filter((one) => localDate(Date.parse(one.from)) === day)
                .map((one) => {
                  const words = `${clockOf(one.from)}: ${t(one.symptoms ? "orders.checks.symptoms" : `orders.checks.state.${one.state}`)}`;
                  return (
                    <li key={one.from} data-state={one.symptoms ? "symptoms" : colours[one.state]} title={words}>
                      <small aria-hidden>{clockOf(one.from)}</small>
                      <span aria-hidden>{one.symptoms ? "!" : signs[one.state]}</span>
                      <VisuallyHidden>{words}</VisuallyHidden>
                    </li>
                  );
                })}
            </ol>
          </div>
        ))}
      </div>
      {checks.place?.compared && <p>{t("orders.checks.place", { metres: checks.place.metres, accuracy: checks.place.accuracy })} <When at={checks.place.compared} /></p>}
      {(told.length > 0 || checks.calls.length > 0 || checks.away.length > 0) && (
        <ul>
          {told.map((one) => (
            <li key={one.from}>
              {t(one.symptoms ? "orders.checks.symptoms" : `orders.checks.state.${one.state}`)} <When at={one.from} />: {one.told && <Done told={one.told} />}
            </li>
          ))}
          {checks.away.map((one) => (
            <li key={one.at}>
              {t("orders.checks.away", { metres: one.metres, accuracy: one.accuracy })} <When at={one.at} />: {one.told ? <Done told={one.told} /> : t("orders.checks.takenBack")}
            </li>
          ))}
          {checks.calls.map((one) => (
            <li key={one.at}>
              {t("orders.checks.call")} <When at={one.at} />: {one.told ? <Done told={one.told} /> : t("orders.checks.takenBack")}
            </li>
          ))}
        </ul>
      )}
      {asked && (
        <ButtonLink to="/orders/$order/check" params={{ order: of.id }} preload={false} variant="default">
          {t("orders.checks.record")}
        </ButtonLink>
      )}
    </Panel>
  );
}

/** Who took notice, when, and what became of it; the rest stands in the task. */
function Done({ told }: { told: Told }) {
  const { t } = useTranslation();
  return (
    <>
      <TextLink to="/referrals/$referral" params={{ referral: told.id }} preload={false}>
        {t(`referrals.state.${told.state}`)}
      </TextLink>
      {told.outcome && ` · ${t(`referrals.outcome.${told.outcome}`)}`}
      {told.by && ` · ${told.by}`} {told.at && <When at={told.at} />}
      {told.escalated && told.state === "open" && ` · ${t("referrals.escalated", { level: t(`referrals.level.${told.level}`) })}`}
    </>
  );
}
