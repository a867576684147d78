// Answers in the words of the form, or what two of them say otherwise.
import { changes, saidIn } from "@luytre/shared/answers";
import type { Questionnaire, QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { useTranslation } from "react-i18next";

import { useLanguage } from "../../../parts/When";
import { Answered } from "../../declarations/Answered";
import styles from "./Investigation.module.css";

export function SaidList({ form, response }: { form: Questionnaire; response: QuestionnaireResponse }) {
  const language = useLanguage();
  return saidIn(form, response, [], language).map(({ title, said }, i) => (
    <section key={i}>
      {title && <h3>{title}</h3>}
      <dl className={styles.answers}>
        {said.map(({ linkId, question, answers }) => (
          <div key={linkId}>
            <dt>{question}</dt>
            <dd>
              <Answered answers={answers} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}

interface Props {
  form: Questionnaire;
  before: QuestionnaireResponse;
  after: QuestionnaireResponse;
}

export function Differences({ form, before, after }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const found = changes({ form, response: before }, { form, response: after }, language);
  if (found.length === 0) return <p className="quiet">{t("investigation.nothingChanged")}</p>;
  return (
    <dl className={styles.answers}>
      {found.map((one, i) => (
        <div key={i}>
          <dt>{one.question}</dt>
          <dd>
            {one.before.length > 0 ? <Answered answers={one.before} /> : "—"} → {one.after.length > 0 ? <Answered answers={one.after} /> : "—"}
          </dd>
        </div>
      ))}
    </dl>
  );
}
