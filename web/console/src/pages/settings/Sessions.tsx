import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { IconDeviceDesktop } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { endSession, sessionsQuery } from "../../api/session";
import { Badge } from "../../parts/Badges";
import { Loading } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { Ago, When } from "../../parts/When";
import styles from "./Sessions.module.css";

/** Where this officer is signed in; each can be ended. */
export function Sessions() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(sessionsQuery);
  const ending = useMutation({
    mutationFn: endSession,
    onSuccess: () => {
      say(t("settings.ended"));
      void client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  return (
    <Panel title={t("settings.sessions")}>
      <ProblemNote error={error ?? ending.error} retry={() => void refetch()} />
      {!data && !error && <Loading rows={2} />}
      <ul className={styles.sessions}>
        {data?.items.map((session) => (
          <li key={session.id}>
            <IconDeviceDesktop size={20} stroke={1.5} aria-hidden />
            <div>
              <b>{session.device}</b> {session.current && <Badge tone="bamboo">{t("settings.thisOne")}</Badge>}
              <div className="quiet">
                {t("settings.since")} <When at={session.signedInAt} /> · {t("settings.lastSeen")} <Ago at={session.lastSeenAt} />
              </div>
            </div>
            {!session.current && (
              <Button variant="default" size="xs" onClick={() => ending.mutate(session.id)} loading={ending.isPending && ending.variables === session.id}>
                {t("settings.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
