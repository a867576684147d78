// By whose case the person was infected, and who was infected by this one.
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { caseQuery, recordSource } from "../../api/cases";
import type { Case, CaseSource, ContactHistory } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { Fact, Facts } from "../../parts/Facts";
import { TextLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useEdit, type Difference } from "../../parts/useEdit";

export function SourcePanel({ file, exposures }: { file: Case; exposures: ContactHistory["exposures"] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  // The case as the officer saw it when beginning: a newer one must not be overwritten unseen.
  const [seen, setSeen] = useState<Case>();
  const [chosen, setChosen] = useState<string>();
  const begin = (number?: string) => {
    setChosen(number);
    setSeen(file);
  };
  const proposed = file.source ? [] : exposures.filter((one) => one.proposed);
  const show = (fresh: Case) => {
    setSeen(undefined);
    client.setQueryData(caseQuery(file.id).queryKey, fresh);
    void client.invalidateQueries({ queryKey: ["cases"], predicate: (query) => query.queryKey[1] !== "one" || query.queryKey[2] !== file.id });
  };
  return (
    <Panel
      title={t("cases.source.title")}
      actions={
        <Button variant="default" size="xs" className="no-print" onClick={() => begin()}>
          {t("cases.source.record")}
        </Button>
      }
    >
      <Facts narrow>
        <Fact name={t("cases.source.from")}>
          {file.source ? (
            <TextLink to="/cases/$case" params={{ case: file.source }} className="number">
              {file.sourceNumber}
            </TextLink>
          ) : (
            t("cases.source.unknown")
          )}
        </Fact>
        <Fact name={t("cases.source.caused")}>
          {file.caused.length === 0 && t("cases.source.nobody")}
          {file.caused.map((one) => (
            <div key={one.id}>
              <TextLink to="/cases/$case" params={{ case: one.id }} className="number">
                {one.number}
              </TextLink>
            </div>
          ))}
        </Fact>
      </Facts>
      {proposed.length > 0 && (
        <div className="no-print">
          <p className="quiet">{t("cases.source.proposed")}</p>
          <Group gap="xs">
            {proposed.map((one) => (
              <Button key={one.candidate} variant="light" size="xs" onClick={() => begin(one.caseNumber)}>
                {t("cases.source.choose", { number: one.caseNumber })}
              </Button>
            ))}
          </Group>
        </div>
      )}
      {seen && <SourceDialog file={seen} chosen={chosen} onClose={() => setSeen(undefined)} onChanged={show} />}
    </Panel>
  );
}

function SourceDialog({ file, chosen, onClose, onChanged }: { file: Case; chosen: string | undefined; onClose: () => void; onChanged: (file: Case) => void }) {
  const { t } = useTranslation();
  const [number, setNumber] = useState(chosen ?? file.sourceNumber ?? "");
  const typed = number.trim().toUpperCase();
  const edit = useEdit<Case, CaseSource>({
    save: (change, version) => recordSource(file.id, version, change),
    compare: (change, current): Difference[] => [
      { name: t("cases.source.from"), mine: change.number ?? t("cases.source.unknown"), theirs: current.sourceNumber ?? t("cases.source.unknown") },
    ],
    onSaved: (fresh) => {
      say(t("cases.source.recorded"));
      onChanged(fresh);
    },
    onKept: onChanged,
  });
  return (
    <Dialog opened onClose={onClose} title={t("cases.source.recordTitle", { number: file.number })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          edit.save(typed ? { number: typed } : {}, file.version);
        }}
      >
        <Stack>
          <TextInput
            label={t("cases.source.number")}
            description={t("cases.source.numberHelp")}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            error={fieldText(t, edit.error, "/number")}
            maxLength={40}
            autoComplete="off"
          />
          <ProblemNote error={edit.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" disabled={typed === (file.sourceNumber ?? "")} loading={edit.busy}>
              {t("cases.source.record")}
            </Button>
          </Group>
        </Stack>
      </form>
      {edit.dialog}
    </Dialog>
  );
}
