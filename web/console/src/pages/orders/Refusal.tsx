// Why one line of many was not done.
import { useTranslation } from "react-i18next";

const known = [
  "not_found",
  "not_permitted",
  "invalid",
  "version_conflict",
  "second_officer_needed",
  "order_code_forged",
  "order_code_unknown",
  "order_not_running",
  "order_step_waits",
  "order_nothing_to_sign",
  "order_no_basis",
  "order_needs_interview",
  "order_over",
  "order_exists",
  "site_order_elsewhere",
  "site_order_other_site",
  "site_bed_taken",
  "site_lies_here",
  "site_has_left",
] as const;

export function Refusal({ code }: { code: string }) {
  const { t } = useTranslation();
  const named = known.find((one) => one === code);
  return <>{named ? t(`orders.refusal.${named}`) : code}</>;
}
