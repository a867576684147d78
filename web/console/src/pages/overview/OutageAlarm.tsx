// One line on the first page while codes or messages come late; opens the board.
import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { outagesQuery } from "../../api/outages";
import { TextLink } from "../../parts/links";
import { When } from "../../parts/When";

export function OutageAlarm() {
  const { t } = useTranslation();
  const open = useQuery(outagesQuery).data?.open ?? [];
  if (open.length === 0) return null;
  return (
    <Alert color="lacquer" role="alert" mb="md" title={t("outages.now")}>
      {open.map((one) => (
        <p key={one.id}>
          {t(`outages.kind.${one.kind}`)}: {t("outages.since")} <When at={one.began} />
          {one.until && (
            <>
              {" "}
              {t("outages.until")} <When at={one.until} />
            </>
          )}
        </p>
      ))}
      <TextLink to="/outages">{t("outages.open")}</TextLink>
    </Alert>
  );
}
