import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { IconLogout } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { LanguageSwitch } from "../../app/Strip";
import { leave, sessionQuery, useOfficer } from "../../api/session";
import { Badge } from "../../parts/Badges";
import { Dialog } from "../../parts/Dialog";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { say } from "../../parts/Toasts";
import { ChangePassword } from "../auth/ChangePassword";
import { EnrolTotp } from "../auth/EnrolTotp";
import { GrantLine } from "../officers/GrantLine";
import { Sessions } from "./Sessions";
import styles from "./SettingsPage.module.css";

export function SettingsPage() {
  const { t } = useTranslation();
  const session = useOfficer();
  const client = useQueryClient();
  const [open, setOpen] = useState<"password" | "totp">();
  const changed = (text: string) => {
    setOpen(undefined);
    say(text);
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  return (
    <div className={styles.page}>
      <PageHead title={t("shell.section.settings")} lead={session.name}>
        <Button variant="default" leftSection={<IconLogout size={17} />} onClick={() => void leave()}>
          {t("shell.signOut")}
        </Button>
      </PageHead>
      <Panel title={t("settings.you")}>
        {session.grants.map((grant) => (
          <GrantLine key={grant.role + (grant.area ?? "")} grant={grant} />
        ))}
        <p className="quiet">{t("settings.grantsNote")}</p>
      </Panel>
      <Panel title={t("shell.language")} actions={<LanguageSwitch />}>
        <span className="quiet">{t("settings.languageNote")}</span>
      </Panel>
      <Panel title={t("settings.signIn")}>
        <div className={styles.line}>
          <div>
            <b>{t("auth.password")}</b>
            <p className="quiet">{t("settings.passwordNote")}</p>
          </div>
          <Button variant="default" onClick={() => setOpen("password")}>
            {t("auth.change")}
          </Button>
        </div>
        <div className={styles.line}>
          <div>
            <b>{t("settings.totp")}</b>{" "}
            <Badge tone={session.totpEnrolled ? "bamboo" : "turmeric"}>{t(session.totpEnrolled ? "settings.on" : "settings.off")}</Badge>
            <p className="quiet">{t("auth.first.totpLead")}</p>
          </div>
          <Button variant={session.totpEnrolled ? "default" : "filled"} onClick={() => setOpen("totp")}>
            {t(session.totpEnrolled ? "settings.newPhone" : "auth.enrol.start")}
          </Button>
        </div>
      </Panel>
      <Sessions />
      <Dialog opened={open === "password"} onClose={() => setOpen(undefined)} title={t("auth.change")}>
        <ChangePassword onChanged={() => changed(t("auth.changed"))} />
      </Dialog>
      <Dialog opened={open === "totp"} onClose={() => setOpen(undefined)} title={t("auth.enrol.start")}>
        <EnrolTotp enrolled={session.totpEnrolled} onEnrolled={() => changed(t("auth.enrol.done"))} />
      </Dialog>
    </div>
  );
}
