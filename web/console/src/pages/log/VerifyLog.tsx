import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { IconLink, IconLinkOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { verifyLog } from "../../api/log";
import { ProblemNote } from "../../parts/ProblemNote";
import { useLanguage } from "../../parts/When";
import styles from "./VerifyLog.module.css";

/** Reads the whole chain of the log again and says whether anything was changed, put in, taken out or cut off. */
export function VerifyLog() {
  const { t } = useTranslation();
  const language = useLanguage();
  const check = useMutation({ mutationFn: verifyLog });
  const result = check.data;
  const number = (n: number) => n.toLocaleString(language === "vi" ? "vi-VN" : "en-GB");
  return (
    <div className={styles.verify} data-state={result ? (result.intact ? "intact" : "broken") : undefined} role="status">
      {result && !result.intact ? <IconLinkOff size={22} aria-hidden /> : <IconLink size={22} aria-hidden />}
      <div className={styles.words}>
        {!result && <p>{t("log.chain")}</p>}
        {result?.intact && (
          <p>
            <b>{t("log.intact")}</b> {t("log.checked", { rows: number(result.rows) })}{" "}
            {result.unsealed > 0 && t("log.unsealed", { rows: number(result.unsealed) })}
          </p>
        )}
        {result && !result.intact && (
          <p>
            <b>{t("log.broken")}</b> {result.found !== "none" && t(`log.tampering.${result.found}`)} <code>{result.brokenAt}</code>
          </p>
        )}
        <ProblemNote error={check.error} />
      </div>
      <Button variant="default" onClick={() => check.mutate()} loading={check.isPending}>
        {t("log.verify")}
      </Button>
    </div>
  );
}
