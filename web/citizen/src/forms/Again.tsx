// "Nothing has changed": what was said last time, shown before it is sent again with one tap.

import { saidIn, type SaidAnswer } from "@luytre/shared/answers";
import { dayAndClock } from "@luytre/shared/time";

import { useText } from "../i18n";
import { Button } from "../ui/parts";
import styles from "./Again.module.css";
import type { Questionnaire, QuestionnaireResponse } from "@luytre/shared/filling";

interface Props {
  form: Questionnaire;
  at: string;
  response: QuestionnaireResponse;
  busy: boolean;
  onSend: () => void;
}

export function Again({ form, at, response, busy, onSend }: Props) {
  const { t, language } = useText();
  const word = (answer: SaidAnswer) => (typeof answer === "string" ? answer : t(answer ? "yes" : "no"));
  return (
    <section className={styles.again} aria-labelledby="again">
      <h2 id="again">{t("again.title", { at: dayAndClock(at, language) })}</h2>
      {saidIn(form, response, [], language).map(({ said }, i) => (
        <dl key={i}>
          {said.map(({ linkId, question, answers }) => (
            <div key={linkId}>
              <dt>{question}</dt>
              <dd>{answers.map(word).join(", ")}</dd>
            </div>
          ))}
        </dl>
      ))}
      <p className="small soft">{t("again.measured")}</p>
      <Button wide icon="check" busy={busy} onClick={onSend}>
        {t("again.send")}
      </Button>
      <p>{t("again.else")}</p>
    </section>
  );
}
