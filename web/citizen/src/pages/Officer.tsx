// An officer's session opened in the citizens' app: the two do not mix.

import { useLeave } from "../app/useLeave";
import { useText } from "../i18n";
import { Gate } from "../ui/Gate";
import { Button } from "../ui/parts";
import { Trouble } from "../ui/Trouble";

export function Officer() {
  const { t } = useText();
  const leave = useLeave();
  return (
    <Gate title={t("officer.title")} lead={t("officer.lead")}>
      <a className="button" data-tone="main" data-wide href="/console/">
        {t("officer.console")}
      </a>
      <Trouble error={leave.error} />
      <Button tone="second" wide busy={leave.isPending} onClick={() => leave.mutate()}>
        {t("officer.leave")}
      </Button>
    </Gate>
  );
}
