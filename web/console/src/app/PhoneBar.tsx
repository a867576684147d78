// The bar at the bottom of a phone: the sections most used, the others behind "more".
import { Menu, UnstyledButton } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { IconDots } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Session } from "../api/types";
import { navigation, phoneBar, type Section } from "../logic/navigation";
import styles from "./PhoneBar.module.css";
import { sections } from "./sections";

export function PhoneBar({ session }: { session: Session }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const shown = phoneBar(session);
  const rest: Section[] = [...navigation(session).flatMap((group) => group.sections), "settings" as const].filter(
    (section) => !shown.includes(section),
  );
  return (
    <nav className={`${styles.bar} no-print`} aria-label={t("shell.name")}>
      {shown.map((section) => {
        const { to, icon: Icon } = sections[section];
        return (
          <Link key={section} to={to} className={styles.item} activeOptions={{ exact: to === "/", includeSearch: false }}>
            <Icon size={22} stroke={1.6} aria-hidden />
            <span>{t(`shell.short.${section}`)}</span>
          </Link>
        );
      })}
      <Menu position="top-end" shadow="md" width={220}>
        <Menu.Target>
          <UnstyledButton className={styles.item}>
            <IconDots size={22} stroke={1.6} aria-hidden />
            <span>{t("shell.menu")}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {rest.map((section) => {
            const { to, icon: Icon } = sections[section];
            return (
              <Menu.Item key={section} leftSection={<Icon size={18} stroke={1.6} />} onClick={() => void navigate({ to })}>
                {t(`shell.section.${section}`)}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}
