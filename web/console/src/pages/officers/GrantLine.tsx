import { useTranslation } from "react-i18next";

import type { Grant, NewGrant } from "../../api/types";
import { officerRoles } from "../../logic/navigation";

export function GrantLine({ grant }: { grant: Grant | (NewGrant & { areaName?: string }) }) {
  const { t } = useTranslation();
  const role = officerRoles.find((one) => one === grant.role);
  return (
    <div>
      {role ? t(`shell.roles.${role}`) : grant.role} · {grant.areaName || t("common.wholeCountry")}
    </div>
  );
}
