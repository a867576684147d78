// The strip above every page: what is in force, whether lists are live, language, keyboard, account.
import { ActionIcon, Menu, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { IconKeyboard, IconLogout, IconSettings, IconUserCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { inForceQuery } from "../api/decisions";
import { useLiveState } from "../api/live";
import { leave } from "../api/session";
import type { Session } from "../api/types";
import { speak } from "../i18n";
import { followsFeed, mayOpen, officerRoles } from "../logic/navigation";
import { Emblem } from "../parts/Emblem";
import { useLanguage } from "../parts/When";
import styles from "./Strip.module.css";

export function Strip({ session, onHelp }: { session: Session; onHelp: () => void }) {
  const { t } = useTranslation();
  return (
    <section className={`${styles.strip} no-print`} aria-label={t("shell.strip")}>
      <Link to="/" className={styles.brand} aria-label={t("shell.name")}>
        <Emblem size={22} />
      </Link>
      <InForce linked={mayOpen(session, "decisions")} />
      <span className={styles.space} />
      {followsFeed(session) && <LiveDot />}
      <LanguageSwitch />
      <ActionIcon variant="subtle" color="gray" className={styles.desk} onClick={onHelp} aria-label={t("shell.keyboard")} title={t("shell.keyboard")}>
        <IconKeyboard size={19} stroke={1.6} />
      </ActionIcon>
      <Account session={session} />
    </section>
  );
}

function InForce({ linked }: { linked: boolean }) {
  const { t } = useTranslation();
  const { data } = useQuery(inForceQuery);
  if (!data) return null;
  const count = data.items.length;
  const words = count === 0 ? t("shell.nothingInForce") : t("shell.inForce", { count });
  const face = (
    <>
      <i aria-hidden />
      <span>{words}</span>
    </>
  );
  return linked ? (
    <Link to="/decisions" className={styles.force} data-none={count === 0 || undefined}>
      {face}
    </Link>
  ) : (
    <span className={styles.force} data-none={count === 0 || undefined}>
      {face}
    </span>
  );
}

function LiveDot() {
  const { t } = useTranslation();
  const state = useLiveState();
  return (
    <span className={styles.live} data-state={state} role="status" title={t(`shell.live.${state}`)}>
      <i aria-hidden />
      <span>{t(`shell.live.${state}`)}</span>
    </span>
  );
}

export function LanguageSwitch() {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className={styles.language} role="group" aria-label={t("shell.language")}>
      {(["vi", "en"] as const).map((code) => (
        <button key={code} type="button" aria-pressed={language === code} onClick={() => void speak(code)} lang={code}>
          {code === "vi" ? "Việt" : "Eng"}
        </button>
      ))}
    </div>
  );
}

function Account({ session }: { session: Session }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" shadow="md" width={280}>
      <Menu.Target>
        <UnstyledButton className={styles.account} aria-label={`${t("shell.account")}: ${session.name}`}>
          <IconUserCircle size={20} stroke={1.6} />
          <span>{session.name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.grants.map((grant) => {
            const role = officerRoles.find((one) => one === grant.role);
            return (
              <div key={grant.role + (grant.area ?? "")}>
                {role ? t(`shell.roles.${role}`) : grant.role} · {grant.areaName || t("common.wholeCountry")}
              </div>
            );
          })}
        </Menu.Label>
        <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => void navigate({ to: "/settings" })}>
          {t("shell.section.settings")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          {t("shell.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
