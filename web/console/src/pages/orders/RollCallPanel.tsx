// The roll-call of a site: begun, answered person by person or a room at once, and closed. Answers are kept on the device until the server has them.
import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { beginCall, closeCall, dismissAnswers, useWaitingAnswers } from "../../api/roll-calls";
import type { Site } from "../../api/types";
import { Panel } from "../../parts/Panel";
import { When } from "../../parts/When";

interface Props {
  of: Site;
  busy: boolean;
  onAct: (what: () => Promise<Site>) => void;
}

export function RollCallPanel({ of, busy, onAct }: Props) {
  const { t } = useTranslation();
  const waiting = useWaitingAnswers(of.id);
  const refused = waiting.filter((entry) => entry.refused);
  const unsent = waiting.filter((entry) => !entry.refused).reduce((sum, { body }) => sum + body.answers.length, 0);
  const call = of.rollCall;
  const open = call && !call.closed;
  return (
    <Panel title={t("orders.sites.roll")} tight>
      {call && (
        <p>
          {t(open ? "orders.sites.callOpen" : "orders.sites.callLast", { by: call.begunBy })} <When at={call.begun} />{" "}
          <span className="number">{t("orders.sites.callCounts", { present: call.present, absent: call.absent, left: call.left })}</span>
        </p>
      )}
      {of.uncalled > 0 && <p>{t("orders.sites.uncalledCount", { count: of.uncalled })}</p>}
      {unsent > 0 && <p role="status">{t("orders.sites.unsent", { count: unsent })}</p>}
      {refused.map((entry) => (
        <Group key={entry.key} role="alert">
          <span>{entry.refused?.detail ?? entry.refused?.title}</span>
          <Button size="compact-sm" variant="default" onClick={() => void dismissAnswers(entry.key)}>
            {t("orders.sites.dismiss")}
          </Button>
        </Group>
      ))}
      {call && open ? (
        <Button onClick={() => onAct(() => closeCall(call.id))} disabled={unsent > 0} loading={busy}>
          {t("orders.sites.callClose")}
        </Button>
      ) : (
        of.taken > 0 && (
          <Button onClick={() => onAct(() => beginCall(of.id))} loading={busy}>
            {t("orders.sites.callBegin")}
          </Button>
        )
      )}
      <p className="quiet">{t("orders.sites.callLead")}</p>
    </Panel>
  );
}
