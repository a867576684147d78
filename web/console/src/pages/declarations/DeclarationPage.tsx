// One declaration with its answers. Opening it is logged.
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { IconReportMedical } from "@tabler/icons-react";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { declarationQuery, formQuery, judgedAgainQuery, readPicture } from "../../api/declarations";
import type { Declaration } from "../../api/types";
import { saidIn } from "@luytre/shared/answers";
import { foreignApp } from "@luytre/shared/foreign";
import { ColourBadge } from "../../parts/Badges";
import { Fact, Facts } from "../../parts/Facts";
import { ButtonLink, TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { useLanguage, When } from "../../parts/When";
import { Answered } from "./Answered";
import { Corrected } from "./Corrected";
import { DeclaredBy } from "./DeclaredBy";
import styles from "./DeclarationPage.module.css";

const route = getRouteApi("/office/declarations/$declaration");

export function DeclarationPage() {
  const { declaration: id } = route.useParams();
  const { data, error, refetch } = useQuery(declarationQuery(id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Loaded key={id} declaration={data} /> : <Loading />;
}

function Loaded({ declaration }: { declaration: Declaration }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { personBrief: person, result } = declaration;
  return (
    <div className={styles.page}>
      <PageHead
        title={person?.name ?? t("declarations.one")}
        back={<TextLink to="/declarations">{t("shell.section.declarations")}</TextLink>}
        lead={person && `${t(`common.sex.${person.sex}`)}, ${person.birthYear || t("people.bornUnknown")} · ${person.unitPath}`}
      >
        {person && (
          <ButtonLink to="/cases/new" search={{ person: person.id }} variant="default" leftSection={<IconReportMedical size={17} />}>
            {t("cases.new")}
          </ButtonLink>
        )}
      </PageHead>
      <Panel title={t("declarations.result")} actions={<ColourBadge of={result.colour} />}>
        <p>{result.nextStep.text[language]}</p>
        {result.reasons.length > 0 && (
          <>
            <h3 className={styles.why}>{t("declarations.why")}</h3>
            <ul className={styles.reasons}>
              {result.reasons.map((reason) => (
                <li key={reason.code}>{reason.text[language]}</li>
              ))}
            </ul>
          </>
        )}
        <Facts>
          <Fact name={t("declarations.at")}>
            <When at={declaration.at} />
          </Fact>
          <Fact name={t("declarations.declarer")}>
            <DeclaredBy by={declaration.declaredBy} />
          </Fact>
          <Fact name={t("declarations.until")}>
            <When at={declaration.validUntil} />
          </Fact>
          {declaration.origin && <Fact name={t("foreign.origin")}>{t("foreign.from", { app: foreignApp(declaration.origin, language) })}</Fact>}
          {person?.phoneMasked && <Fact name={t("people.phone")}>{person.phoneMasked}</Fact>}
          <Fact name={t("cases.ruleSet")}>{result.ruleSet}</Fact>
          <JudgedAgain id={declaration.id} />
        </Facts>
      </Panel>
      {declaration.replacedBy && (
        <Panel title={t("declarations.replaced")}>
          <TextLink to="/declarations/$declaration" params={{ declaration: declaration.replacedBy }}>
            {t("declarations.openNewer")}
          </TextLink>
        </Panel>
      )}
      {declaration.corrects && <Corrected declaration={declaration} before={declaration.corrects} />}
      <Answers declaration={declaration} />
      <LoggedNote />
    </div>
  );
}

/** The same answers and the same rule set give the same result, for ever: asked for, it is tried. */
function JudgedAgain({ id }: { id: string }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const again = useQuery({ ...judgedAgainQuery(id), enabled: asked });
  const { data } = again;
  return (
    <Fact name={t("declarations.again.name")}>
      {data ? (
        data.same ? (
          t("declarations.again.same")
        ) : (
          t("declarations.again.differs", { what: data.differs.map((one) => t(`declarations.again.of.${one}`)).join(", ") })
        )
      ) : again.error ? (
        <ProblemNote error={again.error} retry={() => void again.refetch()} />
      ) : (
        <Button variant="subtle" size="compact-sm" loading={again.isFetching} onClick={() => setAsked(true)}>
          {t("declarations.again.try")}
        </Button>
      )}
    </Fact>
  );
}

function Answers({ declaration }: { declaration: Declaration }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const form = useQuery(formQuery(declaration.form, declaration.formVersion));
  const deciding = declaration.result.reasons.flatMap((reason) => reason.questions);
  if (barring(form)) return <ProblemNote error={form.error} retry={() => void form.refetch()} />;
  if (!form.data || !declaration.response) return <Loading rows={3} />;
  return (
    <>
      {saidIn(form.data, declaration.response, deciding, language).map((group, i) => (
        <Panel key={i} title={group.title ?? t("declarations.answers")}>
          <dl className={styles.answers}>
            {group.said.map((one) => (
              <div key={one.linkId} data-decided={one.decided || undefined}>
                <dt>{one.question}</dt>
                <dd>
                  <Answered answers={one.answers} open={(picture) => readPicture(declaration.id, picture)} />
                  {one.decided && <small>{t("declarations.decided")}</small>}
                </dd>
              </div>
            ))}
          </dl>
        </Panel>
      ))}
    </>
  );
}
