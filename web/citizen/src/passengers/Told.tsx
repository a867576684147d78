// What became of a list: counts, and every line that was refused with what is wrong with it.

import type { PassengerReport } from "@luytre/shared/api";

import { useText } from "../i18n";
import styles from "../pages/Diary.module.css";
import { Notice } from "../ui/parts";
import { columns } from "./seats";

const flaws = ["required", "format", "range", "too_long", "repeated", "encoding"] as const;

interface Props {
  report: PassengerReport;
  /** Lines that stand above the first one in what people see counted: a written list shows no head line. */
  head?: number;
}

export function Told({ report, head = 0 }: Props) {
  const { t } = useText();
  const { taken, changed, same, refused } = report;
  const say = ({ column: named, code }: { column: string; code: string }) => {
    const column = columns.find((one) => one === named);
    const flaw = flaws.find((one) => one === code) ?? "format";
    return column ? `${t(`passengers.column.${column}`)}: ${t(`passengers.flaw.${flaw}`)}` : t("passengers.unreadable");
  };
  return (
    <section className="stack-small">
      <Notice
        tone={refused > 0 ? "care" : "good"}
        live
        title={t("passengers.told", { taken, changed, same, refused })}
      />
      {refused > 0 && (
        <div className={styles.entries} tabIndex={0} role="region" aria-label={t("passengers.refused")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("passengers.line")}</th>
                <th scope="col">{t("passengers.column.seat")}</th>
                <th scope="col">{t("passengers.wrong")}</th>
              </tr>
            </thead>
            <tbody>
              {report.lines
                .filter(({ state }) => state === "refused")
                .map(({ line, seat, errors }) => (
                  <tr key={line}>
                    <th scope="row">{line - head}</th>
                    <td>{seat ?? "–"}</td>
                    <td>{errors.map(say).join("; ")}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
