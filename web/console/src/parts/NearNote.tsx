// That nobody has the number that was asked for: whoever is shown has one that a typing error makes of it.
import { Alert, Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function NearNote() {
  const { t } = useTranslation();
  return (
    <Alert role="status" color="turmeric" title={t("people.near")} my="sm">
      {t("people.nearLead")}
    </Alert>
  );
}

export function NearMark() {
  const { t } = useTranslation();
  return (
    <Badge color="turmeric" variant="light" ml="xs">
      {t("people.nearMark")}
    </Badge>
  );
}
