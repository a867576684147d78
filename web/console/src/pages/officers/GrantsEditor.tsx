// Roles and areas. A grant holds in its area and everything below it.
import { ActionIcon, Button, Select } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { officerRoles } from "../../logic/navigation";
import { UnitSelect } from "../../parts/UnitSelect";
import styles from "./GrantsEditor.module.css";
import { wholeCountry, type GrantDraft } from "./grants";

interface Props {
  grants: GrantDraft[];
  onChange: (grants: GrantDraft[]) => void;
}

export function GrantsEditor({ grants, onChange }: Props) {
  const { t } = useTranslation();
  const set = (at: number, change: Partial<GrantDraft>) => onChange(grants.map((grant, i) => (i === at ? { ...grant, ...change } : grant)));
  return (
    <fieldset className={styles.grants}>
      <legend>{t("officers.grants")}</legend>
      <p>{t("officers.grantsHelp")}</p>
      {grants.map((grant, i) => (
        <div key={grant.key} className={styles.grant}>
          <Select
            aria-label={t("officers.role")}
            placeholder={t("officers.role")}
            data={officerRoles.map((role) => ({ value: role, label: t(`shell.roles.${role}`) }))}
            value={grant.role ?? null}
            onChange={(role) => set(i, { role: officerRoles.find((one) => one === role) })}
          />
          <Select
            aria-label={t("officers.reach")}
            data={[
              { value: "area", label: t("decisions.oneArea") },
              { value: wholeCountry, label: t("common.wholeCountry") },
            ]}
            value={grant.area === wholeCountry ? wholeCountry : "area"}
            onChange={(reach) => set(i, { area: reach === wholeCountry ? wholeCountry : undefined })}
          />
          {grant.area !== wholeCountry && <UnitSelect aria-label={t("common.unit")} value={grant.area} onChange={(area) => set(i, { area })} />}
          <ActionIcon
            className={styles.remove}
            variant="subtle"
            color="gray"
            onClick={() => onChange(grants.filter((_, at) => at !== i))}
            aria-label={t("officers.removeGrant")}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="light"
        size="xs"
        leftSection={<IconPlus size={15} />}
        onClick={() => onChange([...grants, { key: Math.max(0, ...grants.map((grant) => grant.key)) + 1 }])}
      >
        {t("officers.addGrant")}
      </Button>
    </fieldset>
  );
}
