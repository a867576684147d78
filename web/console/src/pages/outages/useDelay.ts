import { useTranslation } from "react-i18next";

/** "45 s", from two minutes on "3 min", as exact as it is counted. */
export function useDelay() {
  const { t } = useTranslation();
  return (seconds: number) => (seconds < 120 ? t("outages.seconds", { count: seconds }) : t("outages.minutes", { count: Math.floor(seconds / 60) }));
}
