// What was answered, in the words of the form; what decided the result is marked.
import type { QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { saidIn } from "@luytre/shared/answers";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { formQuery } from "../../api/declarations";
import { Loading } from "../../parts/ListFrame";
import { ProblemNote } from "../../parts/ProblemNote";
import { useLanguage } from "../../parts/When";
import { Answered, type OpenPicture } from "./Answered";
import styles from "./DeclarationPage.module.css";

interface Props {
  form: string;
  version: string;
  response: QuestionnaireResponse;
  deciding: readonly string[];
  /** Absent: pictures are only named. */
  open?: OpenPicture;
}

export function Said({ form: id, version, response, deciding, open }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const form = useQuery(formQuery(id, version));
  if (form.error) return <ProblemNote error={form.error} retry={() => void form.refetch()} />;
  if (!form.data) return <Loading rows={3} />;
  return saidIn(form.data, response, deciding, language).map((group, i) => (
    <section key={i}>
      <h3>{group.title ?? t("declarations.answers")}</h3>
      <dl className={styles.answers}>
        {group.said.map((one) => (
          <div key={one.linkId} data-decided={one.decided || undefined}>
            <dt>{one.question}</dt>
            <dd>
              <Answered answers={one.answers} open={open} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}
