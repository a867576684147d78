// What a correction says otherwise than the version before it. Reading that version, too, is in the access log.
import { changes, type SaidAnswer } from "@luytre/shared/answers";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { declarationQuery, formQuery } from "../../api/declarations";
import type { Declaration } from "../../api/types";
import { TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { useLanguage, When } from "../../parts/When";
import { Answered } from "./Answered";
import { DeclaredBy } from "./DeclaredBy";
import styles from "./DeclarationPage.module.css";

export function Corrected({ declaration, before: id }: { declaration: Declaration; before: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const old = useQuery(declarationQuery(id));
  const form = useQuery(formQuery(declaration.form, declaration.formVersion));
  const oldForm = useQuery(formQuery(declaration.form, old.data?.formVersion ?? declaration.formVersion));
  const error = old.error ?? form.error ?? oldForm.error;
  if (error) return <ProblemNote error={error} retry={() => void old.refetch()} />;
  if (!old.data?.response || !form.data || !oldForm.data || !declaration.response) return <Loading rows={2} />;
  const said = (answers: SaidAnswer[]) => (answers.length > 0 ? <Answered answers={answers} /> : "—");
  const found = changes({ form: oldForm.data, response: old.data.response }, { form: form.data, response: declaration.response }, language);
  return (
    <Panel
      title={t("declarations.corrected")}
      actions={
        <TextLink to="/declarations/$declaration" params={{ declaration: id }}>
          {t("declarations.openOlder")} (<When at={old.data.at} />)
        </TextLink>
      }
    >
      <p className="quiet">
        <DeclaredBy by={old.data.declaredBy} /> → <DeclaredBy by={declaration.declaredBy} />
      </p>
      {found.length === 0 ? (
        <p>{t("declarations.nothingChanged")}</p>
      ) : (
        <dl className={styles.answers}>
          {found.map((one, i) => (
            <div key={i}>
              <dt>{one.question}</dt>
              <dd>
                <del>{said(one.before)}</del> → <ins>{said(one.after)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}
