// What a consent allows is shown only once it is given: the text is read and answered first. Nothing is ticked
// beforehand, and saying no leads back without a word of blame.

import { ask, Unreachable, type ConsentText } from "@luytre/shared/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { api, client, queue } from "../app/api";
import { consentsQuery, consentTextsQuery } from "../app/queries";
import { pick, useText } from "../i18n";
import { Button, ButtonLink, Notice, Page, Skeleton } from "../ui/parts";
import { Paragraphs, Trouble } from "../ui/Trouble";

export function ConsentGate({ purpose, children }: { purpose: ConsentText["purpose"]; children: ReactNode }) {
  const { t, language } = useText();
  const texts = useQuery(consentTextsQuery);
  const given = useQuery(consentsQuery);
  const text = texts.data?.find((each) => each.purpose === purpose);
  const give = useMutation({
    mutationFn: ({ text: id, version }: ConsentText) =>
      ask(api.POST("/api/v1/me/consents", { body: { text: id, version } })),
    onSuccess: () => {
      void queue.flush(); // what waits for it
      return client.invalidateQueries({ queryKey: consentsQuery.queryKey });
    },
  });
  // While today's text is not known, as without a network, the one that was agreed to holds; the server has the last word.
  const agreed = given.data?.find((each) => each.purpose === purpose && !each.withdrawnAt);
  if (agreed && (!text || agreed.version === text.version)) return children;
  const trouble = given.error ?? texts.error;
  if (texts.isSuccess && given.isSuccess && !text) return children; // nothing of that kind is asked in this place
  return (
    <Page
      title={text ? pick(text.title, language) : t("consents.ask")}
      back={true}
      lead={text && t("consents.askLead")}
    >
      {text && given.isSuccess ? (
        <>
          <div className="card stack">
            <Paragraphs text={pick(text.body, language)} />
          </div>
          <Trouble error={give.error} />
          <div className="stack-small">
            <Button wide tone="second" busy={give.isPending} onClick={() => give.mutate(text)}>
              {t("consents.give")}
            </Button>
            <ButtonLink wide tone="second" to="/">
              {t("consents.refuse")}
            </ButtonLink>
          </div>
        </>
      ) : trouble instanceof Unreachable ? (
        <Notice tone="care" icon="offline" title={t("error.offline")} live>
          {t("consents.offline")}
        </Notice>
      ) : trouble ? (
        <Trouble error={trouble} retry={() => void Promise.all([texts.refetch(), given.refetch()])} />
      ) : (
        <Skeleton lines={[220, 56, 56]} />
      )}
    </Page>
  );
}
