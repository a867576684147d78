// On every page, as long as something of somebody who has signed out is on the device.

import { useText } from "../i18n";
import { Button, Notice } from "../ui/parts";
import { emptyDevice, useStillThere } from "./device";

export function StillThere() {
  const { t } = useText();
  const tables = useStillThere();
  if (tables.length === 0) return null;
  return (
    <Notice tone="bad" title={t("stillThere.title")} live>
      <p>{t("stillThere.text")}</p>
      <div>
        <Button tone="second" onClick={() => void emptyDevice(tables)}>
          {t("stillThere.again")}
        </Button>
      </div>
    </Notice>
  );
}
