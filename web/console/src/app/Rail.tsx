// The rail: a bamboo stalk whose segments are the sections.
import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { referralCountsQuery } from "../api/referrals";
import type { Session } from "../api/types";
import { navigation, type Section } from "../logic/navigation";
import { Emblem } from "../parts/Emblem";
import styles from "./Rail.module.css";
import { sections } from "./sections";

export function Rail({ session }: { session: Session }) {
  const { t } = useTranslation();
  return (
    <nav className={`${styles.rail} no-print`} aria-label={t("shell.name")}>
      <Link to="/" className={styles.brand}>
        <Emblem />
        <span>
          <b>{t("shell.name")}</b>
          <small>{t("shell.role")}</small>
        </span>
      </Link>
      {navigation(session).map((group) => (
        <div key={group.name} className={styles.group}>
          <h2>{t(`shell.group.${group.name}`)}</h2>
          <ul>
            {group.sections.map((section) => (
              <Item key={section} section={section} />
            ))}
          </ul>
        </div>
      ))}
      <div className={styles.foot}>
        <ul>
          <Item section="settings" />
        </ul>
      </div>
    </nav>
  );
}

function Item({ section }: { section: Section }) {
  const { t } = useTranslation();
  const { to, icon: Icon } = sections[section];
  return (
    <li>
      <Link to={to} className={styles.item} activeOptions={{ exact: to === "/", includeSearch: false }}>
        <Icon size={18} stroke={1.7} aria-hidden />
        {t(`shell.section.${section}`)}
        {section === "referrals" && <Waiting />}
      </Link>
    </li>
  );
}

/** How many wait for somebody of this level to take them. */
function Waiting() {
  const { t } = useTranslation();
  const waiting = useQuery(referralCountsQuery).data?.yours ?? 0;
  if (waiting === 0) return null;
  return (
    <span className={styles.count}>
      <span aria-hidden>{waiting}</span>
      <VisuallyHidden>{t("referrals.waiting", { count: waiting })}</VisuallyHidden>
    </span>
  );
}
