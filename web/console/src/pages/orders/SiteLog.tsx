// Who entered and left, as a file marked with who took it out; everybody in it is in the access log.
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { DayField } from "../../parts/DayField";
import { Panel } from "../../parts/Panel";
import { useLanguage } from "../../parts/When";

export function SiteLog({ site }: { site: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [from, setFrom] = useState<string>();
  const [to, setTo] = useState<string>();
  const href = (format: string) => `/api/v1/quarantine-sites/${site}/log?${new URLSearchParams({ format, language, ...(from ? { from } : {}), ...(to ? { to } : {}) }).toString()}`;
  return (
    <Panel title={t("orders.sites.log")} tight>
      <p className="quiet">{t("orders.sites.logLead")}</p>
      <Group align="flex-end">
        <DayField label={t("orders.sites.logFrom")} value={from} onChange={setFrom} />
        <DayField label={t("orders.sites.logTo")} value={to} onChange={setTo} />
        {(["xlsx", "csv"] as const).map((format) => (
          <Button key={format} component="a" variant="default" href={href(format)} download>
            {t(`orders.sites.logFile.${format}`)}
          </Button>
        ))}
      </Group>
    </Panel>
  );
}
