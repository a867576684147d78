// Where a declaration and the own visits do not agree: a question in neutral words, and two easy answers — correct it, or say how it was.

import { ask, type Answer, type Item } from "@luytre/shared/api";
import { clock, dayAndClock } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, client } from "../app/api";
import { differencesQuery } from "../app/queries";
import { toast } from "../app/toast";
import { useText } from "../i18n";
import { Button, ButtonLink, Frame, Notice } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { useWords } from "../visits/words";

type Found = Item<Answer<"/api/v1/me/differences", "get">>;

/** On the list of declarations: that there is something to look at. */
export function DifferencesToSee() {
  const { t } = useText();
  const asked = (useQuery(differencesQuery).data ?? []).filter(({ state }) => state === "asked");
  return asked.map((one) => (
    <Notice key={one.id} tone="care" title={t("difference.title")}>
      <ButtonLink to="/declared/$id" params={{ id: one.declaration }} search={{ person: one.of }} wide>
        {t("difference.look")}
      </ButtonLink>
    </Notice>
  ));
}

/** On the declaration itself. */
export function Differences({ declaration }: { declaration: string }) {
  const found = (useQuery(differencesQuery).data ?? []).filter((one) => one.declaration === declaration);
  return found.map((one) => <Difference key={one.id} found={one} />);
}

function Difference({ found }: { found: Found }) {
  const { t, language } = useText();
  const w = useWords();
  return (
    <Notice tone="care" title={t("difference.title")}>
      <p>{t(`difference.${found.kind}`)}</p>
      <ul>
        {(found.evidence ?? []).map((seen, i) =>
          seen.record === "words" ? (
            <li key={i}>
              “{seen.words}”: {seen.unitName}
            </li>
          ) : (
            <li key={i}>
              {seen.placeName}, {seen.unitName}: {dayAndClock(seen.from, language)}–{clock(seen.to, language)} (
              {seen.absent ? t("difference.absent") : w(`record.${seen.record}`)}
              {seen.seat !== undefined && `, ${t("difference.seat", { seat: seen.seat })}`}
              {seen.later && `, ${t("difference.later")}`})
            </li>
          ),
        )}
      </ul>
      <p>{t(found.kind === "named" ? "difference.namedText" : "difference.text")}</p>
      {found.state === "decided" || found.state === "referred" ? (
        <p className="strong">{t(`difference.${found.state}`)}</p>
      ) : (
        <Explain key={found.version} found={found} />
      )}
    </Notice>
  );
}

function Explain({ found }: { found: Found }) {
  const { t } = useText();
  const [text, setText] = useState(found.explanation ?? "");
  const explain = useMutation({
    mutationFn: () =>
      ask(api.POST("/api/v1/me/differences/{id}/explain", { params: { path: { id: found.id } }, body: { text } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: differencesQuery.queryKey });
      toast({ text: t("difference.sent") });
    },
  });
  const id = `explain-${found.id}`;
  return (
    <div className="stack-small">
      <Frame label={t("difference.say")} id={id}>
        <textarea id={id} rows={3} maxLength={1000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </Frame>
      <Trouble error={explain.error} />
      <Button wide busy={explain.isPending} onClick={() => text.trim() && explain.mutate()}>
        {t(found.state === "explained" ? "difference.again" : "difference.send")}
      </Button>
    </div>
  );
}
