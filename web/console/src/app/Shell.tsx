// The frame of every page behind sign-in: the rail on a desk, the bar on a phone, the strip with what is in force, and the keyboard's help.
import { useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { useMilestonesOutbox } from "../api/interviews";
import { useDraftsOutbox } from "../api/investigations";
import { useLive } from "../api/live";
import { useRollOutbox } from "../api/roll-calls";
import { forgetRound, serveRound, useVisitsOutbox } from "../api/rounds";
import { sessionQuery, useLeft } from "../api/session";
import type { Session } from "../api/types";
import { followsFeed, navigation } from "../logic/navigation";
import { useShortcuts } from "../parts/Shortcuts";
import { KeyHelp } from "./KeyHelp";
import { LeftOffline } from "./LeftOffline";
import { PhoneBar } from "./PhoneBar";
import { Rail } from "./Rail";
import { sections } from "./sections";
import styles from "./Shell.module.css";
import { Strip } from "./Strip";

export function Shell() {
  return useLeft() ? <LeftOffline /> : <SignedIn />;
}

function SignedIn() {
  const { data: session } = useQuery(sessionQuery);
  const router = useRouter();
  const signedOut = !session;
  useEffect(() => {
    // The session ended while the officer was at work; what they were doing waits behind sign-in.
    if (!signedOut) return;
    void forgetRound();
    void router.navigate({ to: "/sign-in", search: { to: router.state.location.href, ended: true } });
  }, [signedOut, router]);
  return session ? <Office session={session} /> : null;
}

function Office({ session }: { session: Session }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  useLive(followsFeed(session));
  useMilestonesOutbox(session.account);
  useDraftsOutbox(session.account);
  useRollOutbox(session.account);
  useVisitsOutbox(session.account);
  useEffect(() => void serveRound(session.account), [session.account]);
  const open = navigation(session).flatMap((group) => group.sections);
  useShortcuts([
    { keys: "?", says: t("keys.help"), run: () => setHelp(true) },
    ...[...open, "settings" as const].map((section) => ({
      keys: `g ${sections[section].key}`,
      says: t("keys.go", { page: t(`shell.section.${section}`) }),
      run: () => void navigate({ to: sections[section].to }),
    })),
  ]);
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t("shell.skip")}
      </a>
      <Rail session={session} />
      <div className={styles.main}>
        <Strip session={session} onHelp={() => setHelp(true)} />
        <main id="content" className={styles.content} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <PhoneBar session={session} />
      <KeyHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
