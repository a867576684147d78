// A tracer's list, for a phone: whom to find, tap to call, what to ask, and what came of it. Nothing of anybody's health.
import { Button, Group, Select, Stack, Textarea } from "@mantine/core";
import { IconHomeMove, IconUserCheck, IconUserX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { answerErrand, useErrands } from "../../api/searches";
import type { Errand, ErrandAnswer } from "../../api/types";
import { errandFilter, errandStates } from "../../logic/filters";
import { Badge } from "../../parts/Badges";
import { ContactBlock } from "../../parts/ContactBlock";
import { FilterBar } from "../../parts/FilterBar";
import { Empty, ListFrame } from "../../parts/ListFrame";
import choices from "../../parts/OutcomeChoice.module.css";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useSentOnce } from "../../parts/useSentOnce";
import { UnitSelect } from "../../parts/UnitSelect";
import { Due } from "../../parts/When";

const route = getRouteApi("/office/errands");

type Outcome = ErrandAnswer["outcome"];

const outcomes = ["found", "notFound", "elsewhere"] as const satisfies readonly Outcome[];
const signs = { found: IconUserCheck, notFound: IconUserX, elsewhere: IconHomeMove };

export function ErrandsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const filtered = filter.state !== undefined || filter.unit !== undefined;
  const set = (change: Record<string, unknown>) => void navigate({ to: "/errands", search: (before) => errandFilter({ ...before, ...change }), replace: true });
  const list = useErrands(filter);
  return (
    <>
      <PageHead title={t("errands.title")} lead={t("errands.lead")} />
      <FilterBar onClear={filtered ? () => set({ state: undefined, unit: undefined }) : undefined}>
        <Select
          aria-label={t("searches.state")}
          placeholder={t("searches.anyState")}
          data={errandStates.map((value) => ({ value, label: t(`searches.states.${value}`) }))}
          value={filter.state ?? null}
          onChange={(state) => set({ state: state ?? undefined })}
          clearable
          w={190}
          maw="100%"
        />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={210} maw="100%" />
      </FilterBar>
      <ListFrame list={list} empty={<Empty title={t(filtered ? "searches.noneFound" : "errands.none")} />} count={false}>
        {(rows) => (
          <Stack>
            {rows.map((one) => (
              <One key={one.id} of={one} />
            ))}
          </Stack>
        )}
      </ListFrame>
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
