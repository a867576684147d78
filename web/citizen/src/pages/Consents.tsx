// Consents: each asked for by itself, never ticked beforehand, withdrawn as easily as given.

import { ask, type ConsentText } from "@luytre/shared/api";
import { day, dayAndClock } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";

import { api, client, queue } from "../app/api";
import { consentsQuery, consentTextsQuery } from "../app/queries";
import { pick, useText } from "../i18n";
import { Button, Empty, Page, Skeleton } from "../ui/parts";
import { Paragraphs, Trouble } from "../ui/Trouble";

export function Consents() {
  const { t } = useText();
  const texts = useQuery(consentTextsQuery);
  const given = useQuery(consentsQuery);
  return (
    <Page title={t("consents.title")} back="/settings" lead={t("consents.lead")}>
      {(texts.isPending || given.isPending) && <Skeleton lines={[160, 160]} />}
      <Trouble error={texts.error ?? given.error} retry={() => void Promise.all([texts.refetch(), given.refetch()])} />
      {texts.data?.length === 0 && (
        <Empty icon="hand" title={t("consents.noneTitle")}>
          <p>{t("consents.noneText")}</p>
        </Empty>
      )}
      {given.data && texts.data?.map((text) => <One key={text.text} text={text} />)}
      <History />
    </Page>
  );
}

function One({ text }: { text: ConsentText }) {
  const { t, language } = useText();
  const consent = useQuery(consentsQuery).data?.find((each) => each.text === text.text && !each.withdrawnAt);
  const refresh = () => client.invalidateQueries({ queryKey: consentsQuery.queryKey });
  const give = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/me/consents", { body: { text: text.text, version: text.version } })),
    onSuccess: () => {
      void queue.flush(); // what waits for it
      return refresh();
    },
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => ask(api.DELETE("/api/v1/me/consents/{id}", { params: { path: { id } } })),
    onSuccess: refresh,
  });
  const older = consent && consent.version !== text.version;
  return (
    <section className="card stack">
      <div className="stack-small">
        <h2>{pick(text.title, language)}</h2>
        {consent ? (
          <p>
            <span className="tag" data-tone="good">
              {t("consents.given", { date: day(consent.givenAt, language) })}
            </span>
          </p>
        ) : (
          <p>
            <span className="tag">{t("consents.notGiven")}</span>
          </p>
        )}
        <Paragraphs text={pick(text.body, language)} />
        {older && <p className="small soft">{t("consents.newer")}</p>}
      </div>
      <Trouble error={give.error ?? withdraw.error} />
      <div className="wrap">
        {(!consent || older) && (
          <Button tone="second" busy={give.isPending} onClick={() => give.mutate()}>
            {older ? t("consents.giveNew") : t("consents.give")}
          </Button>
        )}
        {consent && (
          <Button tone="danger" busy={withdraw.isPending} onClick={() => withdraw.mutate(consent.id)}>
            {t("consents.withdraw")}
          </Button>
        )}
      </div>
    </section>
  );
}

function History() {
  const { t, language } = useText();
  const texts = useQuery(consentTextsQuery).data ?? [];
  const past = useQuery(consentsQuery).data?.filter((each) => each.withdrawnAt) ?? [];
  if (past.length === 0) return null;
  return (
    <section className="stack-small">
      <h2>{t("consents.past")}</h2>
      <ul className="list">
        {past.map((consent) => {
          const text = texts.find((each) => each.text === consent.text);
          return (
            <li key={consent.id} className="line">
              <span className="grow">
                <span className="strong">{text ? pick(text.title, language) : consent.purpose}</span>
                <br />
                <span className="small soft">
                  {t("consents.span", {
                    from: dayAndClock(consent.givenAt, language),
                    to: dayAndClock(consent.withdrawnAt!, language),
                  })}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
