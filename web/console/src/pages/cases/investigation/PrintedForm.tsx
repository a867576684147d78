// The form on paper: empty or filled. Seen in print alone.
import type { Questionnaire, QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { textOf } from "@luytre/shared/questionnaire";
import { useTranslation } from "react-i18next";

import { printed, type PrintedLine } from "../../../logic/printed-form";
import { useLanguage } from "../../../parts/When";
import styles from "./Investigation.module.css";

interface Props {
  form: Questionnaire;
  response: QuestionnaireResponse;
  filled: boolean;
}

export function PrintedForm({ form, response, filled }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const groups = printed(form, response, filled, { language, yes: t("tracing.answer.yes"), no: t("tracing.answer.no") });
  return (
    <article className={`only-print ${styles.paper}`} aria-label={t(filled ? "investigation.printFilled" : "investigation.printEmpty")}>
      <h2>{textOf(form.title, form._title, language)}</h2>
      {groups.map(({ key, title, lines }) => (
        <section key={key}>
          {title && <h3>{title}</h3>}
          {lines.map((line) => (
            <Line key={line.key} of={line} />
          ))}
        </section>
      ))}
      <p className="quiet">
        {form.id} {form.version}
      </p>
    </article>
  );
}

function Line({ of }: { of: PrintedLine }) {
  if (of.said) return <p>{of.text}</p>;
  return (
    <div className={styles.line} data-depends={of.depends || undefined}>
      <span>{of.text}</span>
      {of.boxes.length > 0 ? (
        <span className={styles.boxes}>
          {of.boxes.map((box) => (
            <span key={box.text}>
              {box.ticked ? "☒" : "☐"} {box.text}
            </span>
          ))}
        </span>
      ) : (
        <span className={styles.answer} data-lines={of.lines}>
          {of.answer}
        </span>
      )}
    </div>
  );
}
