// One declaration: its result and its answers, to be corrected, or taken back where it was given freely.

import { saidIn, type SaidAnswer } from "@luytre/shared/answers";
import { foreignApp } from "@luytre/shared/foreign";
import { ask, type MyDeclaration } from "@luytre/shared/api";
import type { QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { dayAndClock } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";

import { api, client } from "../app/api";
import { declarationQuery, formVersionQuery, usePeople } from "../app/queries";
import { toast } from "../app/toast";
import { Declarer } from "../forms/Declarer";
import { Differences } from "../forms/Differences";
import { Outcome } from "../forms/Outcome";
import { SentPicture } from "../forms/SentPicture";
import { textOf, type Questionnaire } from "@luytre/shared/filling";
import { useText } from "../i18n";
import { Button, ButtonLink, Notice, Page, Sheet, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { useWords } from "../visits/words";
import styles from "../forms/Again.module.css";

export function Declared() {
  const { t, language } = useText();
  const w = useWords();
  const { id } = useParams({ from: "/inside/declared/$id" });
  const { person: wanted } = useSearch({ from: "/inside/declared/$id" });
  const { people, self } = usePeople();
  const person = people.find((each) => each.id === wanted) ?? self;
  const found = useQuery(declarationQuery(id));
  const declaration = found.data;
  const form = useQuery({
    ...formVersionQuery(declaration?.form ?? "", declaration?.formVersion ?? ""),
    enabled: declaration !== undefined,
  });
  const title = form.data ? textOf(form.data.title, form.data._title, language) : t("declare.title");
  return (
    <Page title={title} back="/declare" lead={declaration && dayAndClock(declaration.at, language)}>
      {!form.data && !found.error && <Skeleton lines={[180, 110]} />}
      <Trouble error={found.error ?? form.error} retry={() => void found.refetch()} />
      {declaration?.replacedBy && (
        <Notice tone="care" title={t("correct.replaced")}>
          <ButtonLink
            to="/declared/$id"
            params={{ id: declaration.replacedBy }}
            search={wanted ? { person: wanted } : {}}
          >
            {t("correct.newer")}
          </ButtonLink>
        </Notice>
      )}
      {declaration && form.data && (
        <>
          <Outcome declaration={declaration} name={person?.name ?? ""} />
          <Declarer by={declaration.declaredBy} />
          {declaration.origin && <p className="soft">{w("origin", { app: foreignApp(declaration.origin, language) })}</p>}
          {!declaration.replacedBy && <Differences declaration={id} />}
          <Answers form={form.data} declaration={declaration} />
          {!declaration.replacedBy && (
            <ButtonLink
              to="/declare/$form"
              params={{ form: declaration.form }}
              search={{ corrects: id, ...(wanted ? { person: wanted } : {}) }}
              wide
              icon="form"
            >
              {t("correct.do")}
            </ButtonLink>
          )}
          {declaration.withdrawable && <TakeBack id={id} person={wanted} />}
        </>
      )}
    </Page>
  );
}

function Answers({ form, declaration }: { form: Questionnaire; declaration: MyDeclaration }) {
  const { t, language } = useText();
  const words = (answers: SaidAnswer[]) =>
    answers
      .filter((answer) => typeof answer !== "object")
      .map((answer) => (typeof answer === "string" ? answer : t(answer ? "yes" : "no")))
      .join(", ");
  return (
    <section className={styles.again} aria-label={t("correct.answers")}>
      {declaration.corrects && <p className="soft">{t("correct.corrected")}</p>}
      {saidIn(form, declaration.response as QuestionnaireResponse, [], language).map(({ title, said }, i) => (
        <div key={i}>
          {title && <h2>{title}</h2>}
          <dl>
            {said.map(({ linkId, question, answers }) => (
              <div key={linkId}>
                <dt>{question}</dt>
                <dd>
                  {words(answers)}
                  {answers.map(
                    (answer) =>
                      typeof answer === "object" && (
                        <SentPicture key={answer.picture} declaration={declaration.id} picture={answer.picture} />
                      ),
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}

function TakeBack({ id, person }: { id: string; person: string | undefined }) {
  const { t } = useText();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const withdraw = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/declarations/{id}/withdraw", { params: { path: { id } } })),
    onSuccess: async () => {
      await navigate({ to: "/declare", search: person ? { person } : {}, replace: true });
      client.removeQueries({ queryKey: declarationQuery(id).queryKey });
      for (const key of ["declarations", "formsNow", "duties"]) void client.invalidateQueries({ queryKey: [key] });
      toast({ text: t("withdraw.done") });
    },
  });
  return (
    <>
      <Button tone="danger" wide icon="undo" onClick={() => setAsking(true)}>
        {t("withdraw.do")}
      </Button>
      {asking && (
        <Sheet title={t("withdraw.title")} onClose={() => setAsking(false)}>
          <p>{t("withdraw.text")}</p>
          <Trouble error={withdraw.error} />
          <Button tone="danger" wide busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {t("withdraw.do")}
          </Button>
          <Button tone="second" wide onClick={() => setAsking(false)}>
            {t("cancel")}
          </Button>
        </Sheet>
      )}
    </>
  );
}
