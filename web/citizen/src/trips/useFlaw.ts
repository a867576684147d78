// What is wrong with a line of a passenger list, as a sentence.

import { useText } from "../i18n";
import { columns } from "./seats";

const flaws = ["required", "format", "range", "too_long", "repeated", "encoding"] as const;

export function useFlaw() {
  const { t } = useText();
  return ({ column: named, code }: { column: string; code: string }): string => {
    const column = columns.find((one) => one === named);
    const flaw = flaws.find((one) => one === code) ?? "format";
    return column ? `${t(`passengers.column.${column}`)}: ${t(`passengers.flaw.${flaw}`)}` : t("passengers.unreadable");
  };
}
