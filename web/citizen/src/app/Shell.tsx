// The frame around every page inside: a bar of five below on a phone, a hedge with the same five and more beside on a
// desk.

import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, type LinkProps } from "@tanstack/react-router";
import { useEffect } from "react";

import { useText } from "../i18n";
import { useToldLanguage } from "../reminders/useToldLanguage";
import { Hedge, Mark } from "../ui/Brand";
import { Icon, type IconName } from "../ui/Icon";
import { useOnline, useWaiting } from "./hooks";
import { consentsQuery, keepForms, useUnread } from "./queries";
import styles from "./Shell.module.css";

interface Place {
  to: LinkProps["to"] & string;
  icon: IconName;
  text: string;
}

export function Shell() {
  const { t } = useText();
  const unread = useUnread();
  useQuery(consentsQuery); // kept on the device, for scanning without a network
  useEffect(() => void keepForms(), []);
  useToldLanguage();
  const bar: Place[] = [
    { to: "/", icon: "home", text: t("nav.home") },
    { to: "/visits", icon: "path", text: t("nav.visits") },
    { to: "/scan", icon: "scan", text: t("nav.scan") },
    { to: "/warnings", icon: "bell", text: t("nav.warnings") },
    { to: "/settings", icon: "gear", text: t("nav.settings") },
  ];
  const more: Place[] = [
    { to: "/code", icon: "code", text: t("nav.code") },
    { to: "/declare", icon: "form", text: t("nav.declare") },
    { to: "/family", icon: "family", text: t("nav.family") },
    { to: "/access", icon: "eye", text: t("nav.access") },
    { to: "/places", icon: "shop", text: t("nav.places") },
  ];
  const item = ({ to, icon, text }: Place) => (
    <li key={to} className={to === "/scan" ? styles.scan : undefined}>
      <Link to={to} activeOptions={{ exact: to === "/" }}>
        <span className={styles.icon}>
          <Icon name={icon} />
          {to === "/warnings" && unread > 0 && <span className={`badge ${styles.count}`}>{unread}</span>}
        </span>
        <span>{text}</span>
        {to === "/warnings" && unread > 0 && <span className="hidden">{t("nav.unread", { count: unread })}</span>}
      </Link>
    </li>
  );
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t("nav.skip")}
      </a>
      <header className={styles.side}>
        <Hedge className={styles.hedge} />
        <div className={styles.brand}>
          <Mark size={40} />
          <span>Lũy Tre</span>
        </div>
        <nav aria-label={t("nav.label")} className={styles.nav}>
          <ul className={styles.bar}>{bar.map(item)}</ul>
          <ul className={styles.more}>{more.map(item)}</ul>
        </nav>
      </header>
      <main id="main" className={styles.main} tabIndex={-1}>
        <Offline />
        <Outlet />
      </main>
    </div>
  );
}

function Offline() {
  const { t } = useText();
  const online = useOnline();
  const waiting = useWaiting().filter((entry) => !entry.refused).length;
  if (online) return null;
  return (
    <p className={styles.offline} role="status">
      <Icon name="offline" size={20} />
      <span>
        {t("offline.banner")} {waiting > 0 && t("offline.waiting", { count: waiting })}
      </span>
    </p>
  );
}
