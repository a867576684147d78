// One tube at a laboratory: its result is entered, looked up, corrected.
import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { correctResult, enterResult, lookAtTube } from "../../api/laboratory";
import type { LaboratoryTube, TestMethod, TestOutcome, TestResult } from "../../api/types";
import { MomentField } from "../../parts/DayField";
import { Panel } from "../../parts/Panel";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useDiseaseName, useSpecimenName } from "../../parts/useNames";
import { Results } from "./Results";
import { methods, outcomes } from "./words";

/** "24,5" as people write it; undefined: nothing; NaN: no number, which is not sent. */
const ctOf = (typed: string): number | undefined => (typed.trim() === "" ? undefined : Number(typed.trim().replace(",", ".")));

export function TubeDesk({ id, onChanged }: { id: string; onChanged: () => void }) {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const specimen = useSpecimenName();
  const [tube, setTube] = useState("");
  const [method, setMethod] = useState<TestMethod | null>(null);
  const [outcome, setOutcome] = useState<TestOutcome | null>(null);
  const [ct, setCt] = useState("");
  const [lineage, setLineage] = useState("");
  const [at, setAt] = useState<string>();
  const [shown, setShown] = useState<LaboratoryTube>();
  const [correcting, setCorrecting] = useState<TestResult>();
  const looking = useMutation({ mutationFn: () => lookAtTube(id, tube.trim()), onSuccess: setShown });
  const cycles = method === "pcr" ? ctOf(ct) : undefined;
  const unread = Number.isNaN(cycles);
  const entering = useMutation({
    mutationFn: () => {
      return enterResult(id, {
        tube: tube.trim(),
        method: method!,
        outcome: outcome!,
        ...(cycles === undefined ? {} : { ct: cycles }),
        ...(tellsLineage(method, outcome) && lineage.trim() ? { lineage: lineage.trim() } : {}),
        at: at!,
      });
    },
    onSuccess: (found) => {
      say(t("laboratory.entered", { tube: found.code }));
      setShown(found);
      setTube("");
      setOutcome(null);
      setCt("");
      setLineage("");
      onChanged();
    },
  });
  return (
    <Panel title={t("laboratory.enter")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (tube.trim() && method && outcome && at && !unread && !entering.isPending) entering.mutate();
        }}
      >
        <Stack>
          <Group align="flex-end">
            <TextInput
              label={t("laboratory.tubeOfResult")}
              value={tube}
              onChange={(event) => setTube(event.currentTarget.value)}
              error={fieldText(t, entering.error, "/tube")}
              maxLength={40}
              autoComplete="off"
              spellCheck={false}
            />
            <Button variant="default" disabled={!tube.trim()} loading={looking.isPending} onClick={() => looking.mutate()}>
              {t("laboratory.look")}
            </Button>
          </Group>
          <Group align="flex-start">
            <Select
              label={t("laboratory.methodHead")}
              data={methods.map((value) => ({ value, label: t(`laboratory.method.${value}`) }))}
              value={method}
              onChange={(value) => setMethod(value as TestMethod | null)}
            />
            <Select
              label={t("laboratory.result")}
              data={outcomes.map((value) => ({ value, label: t(`laboratory.outcome.${value}`) }))}
              value={outcome}
              onChange={(value) => setOutcome(value as TestOutcome | null)}
            />
            {method === "pcr" && (
              <TextInput label="Ct" inputMode="decimal" value={ct} onChange={(event) => setCt(event.currentTarget.value)} error={unread ? t("laboratory.ctHelp") : fieldText(t, entering.error, "/ct")} maxLength={6} w={140} />
            )}
            {tellsLineage(method, outcome) && (
              <TextInput label={t("laboratory.lineage")} placeholder={t("laboratory.lineageHelp")} value={lineage} onChange={(event) => setLineage(event.currentTarget.value)} maxLength={60} w={200} />
            )}
          </Group>
          <MomentField
            label={t("laboratory.testedAt")}
            description={t("laboratory.testedAtHelp")}
            value={at}
            onChange={setAt}
            max={localDate(Date.now())}
            error={fieldText(t, entering.error, "/at")}
            required
          />
          <ProblemNote error={entering.error ?? looking.error} />
          <Group>
            <Button type="submit" disabled={!tube.trim() || !method || !outcome || !at || unread} loading={entering.isPending}>
              {t("laboratory.enterNow")}
            </Button>
          </Group>
        </Stack>
      </form>
      {shown && (
        <div role="status">
          <p>
            <code>{shown.code}</code> · {disease(shown.disease)} · {specimen(shown.disease, shown.specimen)} · {t("common.people", { count: shown.persons })}
          </p>
          <Results
            results={shown.results}
            actions={(result) => (
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`${t("laboratory.correct")}: ${t(`laboratory.method.${result.method}`)}, ${t(`laboratory.outcome.${result.outcome}`)}`}
                onClick={() => setCorrecting(result)}
              >
                {t("laboratory.correct")}
              </Button>
            )}
          />
          {shown.results.length === 0 && <p className="quiet">{t("laboratory.noResult")}</p>}
        </div>
      )}
      {correcting && (
        <Correct
          key={correcting.id}
          result={correcting}
          onClose={() => setCorrecting(undefined)}
          onDone={(found) => {
            setCorrecting(undefined);
            setShown(found);
            say(t("laboratory.correctedNow"));
            onChanged();
          }}
        />
      )}
    </Panel>
  );
}

/** Which result may name what was found more closely. */
const tellsLineage = (method: string | null, outcome: string | null) =>
  outcome === "positive" && (method === "pcr" || method === "culture" || method === "sequencing");

function Correct({ result, onClose, onDone }: { result: TestResult; onClose: () => void; onDone: (tube: LaboratoryTube) => void }) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<TestOutcome | null>(null);
  const [ct, setCt] = useState("");
  const [lineage, setLineage] = useState(result.lineage ?? "");
  const cycles = result.method === "pcr" ? ctOf(ct) : undefined;
  const unread = Number.isNaN(cycles);
  const correcting = useMutation({
    mutationFn: (reason: string) => {
      return correctResult(result.id, { outcome: outcome!, ...(cycles === undefined ? {} : { ct: cycles }), ...(tellsLineage(result.method, outcome) && lineage.trim() ? { lineage: lineage.trim() } : {}), at: result.at, reason });
    },
    onSuccess: onDone,
  });
  return (
    <ReasonDialog
      opened
      title={t("laboratory.correct")}
      action={t("laboratory.correct")}
      ready={outcome !== null && !unread}
      busy={correcting.isPending}
      error={<ProblemNote error={correcting.error} />}
      onReason={(reason) => correcting.mutate(reason)}
      onClose={onClose}
    >
      <p>
        {t(`laboratory.method.${result.method}`)}: {t(`laboratory.outcome.${result.outcome}`)}
      </p>
      <p className="quiet">{t("laboratory.correctLead")}</p>
      <Select
        label={t("laboratory.right")}
        data={outcomes.map((value) => ({ value, label: t(`laboratory.outcome.${value}`) }))}
        value={outcome}
        onChange={(value) => setOutcome(value as TestOutcome | null)}
      />
      {result.method === "pcr" && <TextInput label="Ct" inputMode="decimal" value={ct} onChange={(event) => setCt(event.currentTarget.value)} error={unread && t("laboratory.ctHelp")} maxLength={6} />}
      {tellsLineage(result.method, outcome) && <TextInput label={t("laboratory.lineage")} value={lineage} onChange={(event) => setLineage(event.currentTarget.value)} maxLength={60} />}
    </ReasonDialog>
  );
}
