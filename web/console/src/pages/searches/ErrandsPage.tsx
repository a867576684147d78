// A tracer's list, for a phone: whom to find, tap to call, what to ask, and what came of it. Nothing of anybody's health.
import { Button, Group, Stack, Textarea } from "@mantine/core";
import { IconHomeMove, IconUserCheck, IconUserX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { answerErrand, errandsQuery } from "../../api/searches";
import type { Errand, ErrandAnswer } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { ContactBlock } from "../../parts/ContactBlock";
import { Empty, Loading } from "../../parts/ListFrame";
import choices from "../../parts/OutcomeChoice.module.css";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useSentOnce } from "../../parts/useSentOnce";
import { Due } from "../../parts/When";

type Outcome = ErrandAnswer["outcome"];

const outcomes = ["found", "notFound", "elsewhere"] as const satisfies readonly Outcome[];
const signs = { found: IconUserCheck, notFound: IconUserX, elsewhere: IconHomeMove };

export function ErrandsPage() {
  const { t } = useTranslation();
  const list = useQuery(errandsQuery);
  return (
    <>
      <PageHead title={t("errands.title")} lead={t("errands.lead")} />
      {list.error && <ProblemNote error={list.error} retry={() => void list.refetch()} />}
      {list.isLoading && <Loading />}
      {list.data?.length === 0 && <Empty title={t("errands.none")} />}
      <Stack>
        {list.data?.map((one) => (
          <One key={one.id} of={one} />
        ))}
      </Stack>
    </>
  );
}

function One({ of }: { of: Errand }) {
  const { t } = useTranslation();
  return (
    <Panel title={`${of.name}, ${t("errands.born", { year: of.birthYear })}`} tight>
      <Stack gap="sm">
        <ContactBlock contact={{ phones: of.phones, ...(of.address ? { address: of.address } : {}) }} />
        <p className="quiet">{of.home}</p>
        <div>
          <b>{t("errands.ask")}</b>
          <p>{of.ask}</p>
        </div>
        {of.state === "open" ? (
          <>
            <p>
              <Due at={of.dueAt} /> {of.overdue && <Badge tone="lacquer">{t("searches.overdue")}</Badge>}
            </p>
            <Answering of={of} />
          </>
        ) : (
          <p>
            <Badge tone="plain">{t(`searches.states.${of.state}`)}</Badge>
          </p>
        )}
      </Stack>
    </Panel>
  );
}

function Answering({ of }: { of: Errand }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome>();
  const [words, setWords] = useState("");
  const met = useRef<string>(undefined);  // when it was first sent: sent again, the same answer is the same one
  const send = useSentOnce((body: ErrandAnswer, key) => answerErrand(of.id, body, key));
  const sending = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["errands"] });
      say(t("errands.sent"));
    },
  });
  const where = outcome === "elsewhere";
  return (
    <>
      <div className={choices.outcomes} role="group" aria-label={t("searches.state")}>
        {outcomes.map((one) => {
          const Sign = signs[one];
          return (
            <button key={one} type="button" aria-pressed={outcome === one} onClick={() => setOutcome(one)}>
              <Sign size={22} stroke={1.6} aria-hidden />
              {t(`errands.outcome.${one}`)}
            </button>
          );
        })}
      </div>
      {outcome && (
        <form
          className={choices.more}
          onSubmit={(event) => {
            event.preventDefault();
            met.current ??= new Date().toISOString();
            sending.mutate({ outcome, at: met.current, ...(words.trim() ? { words: words.trim() } : {}) });
          }}
        >
          <Textarea
            label={t(where ? "errands.where" : "errands.words")}
            description={t("errands.now")}
            value={words}
            required={where}
            onChange={(event) => setWords(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={1000}
            error={fieldText(t, sending.error, "/words")}
          />
          <ProblemNote error={sending.error} />
          <Group justify="flex-end">
            <Button type="submit" disabled={where && !words.trim()} loading={sending.isPending}>
              {t("errands.send")}
            </Button>
          </Group>
        </form>
      )}
    </>
  );
}
