// One line list: what its columns are, how far it is, who is undecided, what was wrong, and the way back.
import { Alert, Button, Group, Progress, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { atWork, lineListQuery, rejectsUrl, runLineListAgain, startLineList, undoLineList, useLineListRows } from "../../api/line-lists";
import { queryClient } from "../../api/query-client";
import type { LineList, LineListRow, LineListRowState } from "../../api/types";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { useLanguage, When } from "../../parts/When";
import { DecideDialog } from "./DecideDialog";
import { MappingStep } from "./MappingStep";
import { Rows } from "./Rows";

const route = getRouteApi("/office/cases/lists/$list");
const states: readonly LineListRowState[] = ["undecided", "wrong", "taken", "known", "skipped", "undone", "kept"];

function Outcome({ of }: { of: LineList }) {
  const { t } = useTranslation();
  const name = (one: LineListRowState) => t(one === "taken" && of.about === "contacts" ? "lineLists.newContact" : `lineLists.rowState.${one}`);
  const [state, setState] = useState<LineListRowState>(of.state === "undone" ? "kept" : of.counts.undecided > 0 ? "undecided" : of.counts.wrong > 0 ? "wrong" : "taken");
  const rows = useLineListRows(of.id, state);
  const [deciding, setDeciding] = useState<LineListRow>();
  return (
    <>
      <FilterBar>
        <Choice
          label={t("lineLists.show")}
          value={state}
          options={states.filter((one) => of.counts[one] > 0).map((one) => ({ value: one, label: `${name(one)} (${of.counts[one]})` }))}
          onChange={(chosen) => setState(chosen ?? "taken")}
        />
      </FilterBar>
      <ListFrame list={rows} empty={<Empty title={t("common.nothingFound")} />}>
        {(all) => <Rows about={of.about} rows={all} caption={name(state)} {...(state === "undecided" && of.state === "done" ? { onOpen: setDeciding } : {})} />}
      </ListFrame>
      {deciding && <DecideDialog list={of.id} row={deciding} onClose={() => setDeciding(undefined)} />}
    </>
  );
}

function Actions({ of }: { of: LineList }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [asked, setAsked] = useState<"start" | "undo">();
  const again = () => void queryClient.invalidateQueries({ queryKey: ["line-lists"] });
  const acting = useMutation({
    mutationFn: async (reason: string) => (asked === "undo" ? (await undoLineList(of.id, reason), undefined) : startLineList(of.id, reason)),
    onSuccess: () => {
      setAsked(undefined);
      again();
    },
  });
  return (
    <>
      {acting.data && <Alert role="status">{t("lineLists.startTold", { traced: acting.data.traced, old: acting.data.old })}</Alert>}
      <Group>
        {of.counts.wrong > 0 && (
          <Button component="a" variant="default" href={rejectsUrl(of.id, language)} download>
            {t("lineLists.rejects")}
          </Button>
        )}
        {of.state === "done" && of.counts.taken > 0 && (
          <>
            {of.about === "cases" && (
              <Button variant="default" onClick={() => setAsked("start")}>
                {t("lineLists.start")}
              </Button>
            )}
            <Button variant="default" color="lacquer" onClick={() => setAsked("undo")}>
              {t("lineLists.undo")}
            </Button>
          </>
        )}
      </Group>
      <ReasonDialog
        opened={asked !== undefined}
        title={t(asked === "undo" ? "lineLists.undo" : "lineLists.start")}
        action={t(asked === "undo" ? "lineLists.undo" : "lineLists.start")}
        danger={asked === "undo"}
        busy={acting.isPending}
        error={<ProblemNote error={acting.error} />}
        onReason={(reason) => acting.mutate(reason)}
        onClose={() => {
          acting.reset();
          setAsked(undefined);
        }}
      >
        <p>{t(asked !== "undo" ? "lineLists.startText" : of.about === "contacts" ? "lineLists.contactUndoText" : "lineLists.undoText")}</p>
      </ReasonDialog>
    </>
  );
}

/** A fault of ours: what was taken stays, and the rest goes on when somebody says so. */
function Stopped({ of, since }: { of: LineList; since: string }) {
  const { t } = useTranslation();
  const again = useMutation({
    mutationFn: () => runLineListAgain(of.id),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ["line-lists"] }),
  });
  return (
    <Alert role="alert" color="red">
      <Stack>
        <p>
          {t("lineLists.stopped")} <When at={since} />
        </p>
        <ProblemNote error={again.error} />
        <Group>
          <Button loading={again.isPending} onClick={() => again.mutate()}>
            {t("lineLists.runAgain")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

export function LineListPage() {
  const { t } = useTranslation();
  const { list: id } = route.useParams();
  const found = useQuery(lineListQuery(id));
  if (barring(found)) return <ProblemNote error={found.error} retry={() => void found.refetch()} />;
  const of = found.data;
  if (!of) return <Loading />;
  const working = atWork(of);
  const left = of.state === "undoing" ? of.counts.taken : of.counts.waiting;
  return (
    <>
      <PageHead title={of.file || t("lineLists.title")} lead={`${t(`lineLists.stateOf.${of.state}`)} · ${of.by}`} back={<TextLink to="/cases/lists">{t("lineLists.title")}</TextLink>} />
      <Stack>
        {of.state === "received" && <MappingStep key={of.version} of={of} />}
        {of.stopped && <Stopped of={of} since={of.stopped} />}
        {(working || of.stopped) && (
          <Panel>
            <p role="status">{t("lineLists.progress", { waiting: left, total: of.total })}</p>
            <Progress value={of.total > 0 ? (100 * (of.total - left)) / of.total : 100} aria-label={t(`lineLists.stateOf.${of.state}`)} />
          </Panel>
        )}
        {(of.state === "done" || of.state === "undone") && (
          <>
            <Alert role="status" color={of.counts.wrong + of.counts.undecided + of.counts.kept > 0 ? "yellow" : "green"}>
              {of.state === "undone" ? t("lineLists.undoneTold", { undone: of.counts.undone, kept: of.counts.kept }) : t(of.about === "contacts" ? "lineLists.contactTold" : "lineLists.told", { ...of.counts })}
            </Alert>
            <p className="quiet">{t(of.about === "contacts" ? "lineLists.contactRule" : "lineLists.rule")}</p>
            <Actions of={of} />
            <Outcome key={of.state} of={of} />
          </>
        )}
      </Stack>
    </>
  );
}
